/// Recursive descent over `||`, `&&`, comparison and `in`, prefix `!` and `-`, values: loosest first. Source:
/// fdl §4.
struct ConditionParser {
    /// Parentheses, prefixes and brackets within each other; each costs stack.
    static let nestingMax = 64

    private let tokens: [ConditionToken]
    private var index = 0
    private var depth = 0

    init(_ text: String) throws(ExpressionFault) {
        var lexer = ConditionLexer(text)
        tokens = try lexer.tokens()
    }

    mutating func condition() throws(ExpressionFault) -> Expression {
        guard next.kind != .end else { throw fault("the condition is empty") }
        let expression = try disjunction()
        guard next.kind == .end else { throw fault(rest) }
        return expression
    }

    /// What is wrong with something behind a whole condition.
    private var rest: String {
        switch next.kind {
        case .symbol("-"): ConditionAdvice.symbol("-")
        case .symbol("("): "there are no functions; \(ConditionAdvice.operators)"
        case .literal, .path:
            "expected an operator or the end, found \(next.text); \(ConditionAdvice.operators)"
        default: "expected an operator or the end, found \(next.text)"
        }
    }

    private var next: ConditionToken { tokens[index] }

    private func fault(_ reason: String) -> ExpressionFault {
        ExpressionFault(reason: reason, offset: next.offset)
    }

    private mutating func accept(_ symbol: String) -> Bool {
        guard next.kind == .symbol(symbol) else { return false }
        index += 1
        return true
    }

    private mutating func disjunction() throws(ExpressionFault) -> Expression {
        var left = try conjunction()
        while accept("||") { left = .or(left, try conjunction()) }
        return left
    }

    private mutating func conjunction() throws(ExpressionFault) -> Expression {
        var left = try comparison()
        while accept("&&") { left = .and(left, try comparison()) }
        return left
    }

    private mutating func comparison() throws(ExpressionFault) -> Expression {
        let left = try prefix()
        if accept("in") { return .contained(left, in: try prefix()) }
        guard case .symbol(let symbol) = next.kind, let comparison = Comparison(rawValue: symbol) else {
            return left
        }
        index += 1
        if comparison == .less, next.kind == .symbol(">") {
            throw fault("'<>' is no operator here; write !=")
        }
        let right = try prefix()
        if case .symbol(let symbol) = next.kind, Comparison(rawValue: symbol) != nil {
            throw fault("comparisons cannot be chained; join two of them with && instead")
        }
        return .compare(comparison, left, right)
    }

    private mutating func prefix() throws(ExpressionFault) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.nestingMax else { throw fault("nested deeper than \(Self.nestingMax) levels") }
        if accept("!") { return .not(try prefix()) }
        if accept("-") { return .negative(try prefix()) }
        return try operand()
    }

    private mutating func operand() throws(ExpressionFault) -> Expression {
        switch next.kind {
        case .literal(let value):
            index += 1
            return .literal(value)
        case .path(let path):
            index += 1
            return .path(path)
        case .symbol("("):
            index += 1
            let inner = try disjunction()
            guard accept(")") else { throw fault("expected ')', found \(next.text)") }
            return inner
        case .symbol("["):
            index += 1
            return try list()
        case .symbol, .end:
            throw fault("expected a value such as $.key, \"text\", 1 or true, found \(next.text)")
        }
    }

    private mutating func list() throws(ExpressionFault) -> Expression {
        var elements: [Expression] = []
        if accept("]") { return .list(elements) }
        repeat { elements.append(try disjunction()) } while accept(",")
        guard accept("]") else { throw fault("expected ',' or ']', found \(next.text)") }
        return .list(elements)
    }
}
