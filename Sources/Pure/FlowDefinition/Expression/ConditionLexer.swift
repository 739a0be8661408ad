import Primitives

/// One word of a condition and where it begins.
struct ConditionToken {
    enum Kind: Equatable {
        case literal(JSONValue)
        case path(JSONPath)
        case symbol(String)
        case end
    }

    let kind: Kind
    let text: String
    let offset: Int
}

/// Cuts a condition into words.
struct ConditionLexer {
    /// Longer ones first.
    private static let symbols = [
        "||", "&&", "==", "!=", "<=", ">=", "<", ">", "!", "-", "(", ")", "[", "]", ",",
    ]
    private static let tokensMax = 4096

    private let scalars: [Unicode.Scalar]
    private var index = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func tokens() throws(ExpressionFault) -> [ConditionToken] {
        var tokens: [ConditionToken] = []
        while true {
            while index < scalars.count, scalars[index].properties.isWhitespace { index += 1 }
            let start = index
            let kind = try token()
            let text = kind == .end ? "the end" : "'\(string(start..<index))'"
            tokens.append(ConditionToken(kind: kind, text: text, offset: start))
            if kind == .end { return tokens }
            guard tokens.count < Self.tokensMax else { throw fault("the condition is too long") }
        }
    }

    private func fault(_ reason: String) -> ExpressionFault { ExpressionFault(reason: reason, offset: index) }

    private func string(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }

    private mutating func token() throws(ExpressionFault) -> ConditionToken.Kind {
        guard index < scalars.count else { return .end }
        switch scalars[index] {
        case "$": return try path()
        case "\"", "`", "'": return .literal(.string(try quoted()))
        case "0"..."9": return .literal(try number())
        case "a"..."z", "A"..."Z", "_": return try word()
        default: break
        }
        for symbol in Self.symbols where starts(with: symbol) {
            index += symbol.unicodeScalars.count
            return .symbol(symbol)
        }
        throw fault(ConditionAdvice.symbol(string(index..<min(index + 3, scalars.count))))
    }

    private func starts(with symbol: String) -> Bool {
        let end = index + symbol.unicodeScalars.count
        return end <= scalars.count && scalars[index..<end].elementsEqual(symbol.unicodeScalars)
    }

    private mutating func path() throws(ExpressionFault) -> ConditionToken.Kind {
        index += 1
        var scanner = PathScanner(scalars, at: index)
        let components = try scanner.components()
        if scanner.index < scalars.count, PathScanner.isPlain(scalars[scanner.index]) {
            index -= 1
            throw fault(ConditionAdvice.root(string(index..<scalars.count)))
        }
        index = scanner.index
        return .path(JSONPath(components: components))
    }

    private mutating func word() throws(ExpressionFault) -> ConditionToken.Kind {
        let start = index
        while index < scalars.count, PathScanner.isPlain(scalars[index]) { index += 1 }
        let word = string(start..<index)
        switch word {
        case "true": return .literal(.bool(true))
        case "false": return .literal(.bool(false))
        case "null": return .literal(.null)
        case "in": return .symbol("in")
        default:
            index = start
            throw fault(ConditionAdvice.word(word, isCalled: calls(behind: word)))
        }
    }

    private func calls(behind word: String) -> Bool {
        let end = index + word.unicodeScalars.count
        return end < scalars.count && scalars[end] == "("
    }

    /// A text in double quotes, single quotes or back quotes; a backslash takes the next character, `n` and
    /// `t` as in JSON.
    private mutating func quoted() throws(ExpressionFault) -> String {
        let start = index
        let quote = scalars[index]
        index += 1
        var text = String.UnicodeScalarView()
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            if scalar == quote { return String(text) }
            guard scalar == "\\", quote != "`", index < scalars.count else {
                text.append(scalar)
                continue
            }
            switch scalars[index] {
            case "n": text.append("\n")
            case "t": text.append("\t")
            case let escaped: text.append(escaped)
            }
            index += 1
        }
        index = start
        throw fault("the text does not end")
    }

    private mutating func number() throws(ExpressionFault) -> JSONValue {
        let start = index
        while index < scalars.count, ("0"..."9").contains(scalars[index]) { index += 1 }
        if let value = Int64(string(start..<index)), !starts(with: "."), !starts(with: "e"),
            !starts(with: "E")
        {
            return .integer(value)
        }
        while index < scalars.count, isNumberPart(scalars[index]) { index += 1 }
        guard let value = Double(string(start..<index)), value.isFinite else {
            index = start
            throw fault("the number cannot be read")
        }
        return .number(value)
    }

    private func isNumberPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", ".", "e", "E": true
        case "+", "-": scalars[index - 1] == "e" || scalars[index - 1] == "E"
        default: false
        }
    }
}
