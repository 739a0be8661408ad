package import Primitives

/// The condition of a choice branch. Source: fdl §4.
package struct Condition: Sendable, Hashable {
    /// As the definition writes it.
    package let text: String
    package let expression: Expression

    /// Throws: the first syntax fault with its place in the text.
    package init(_ text: String) throws(ExpressionFault) {
        self.text = text
        var parser = try ConditionParser(text)
        expression = try parser.condition()
    }

    package func isTrue(for input: JSONObject) -> Bool {
        expression.value(for: .object(input)) == .bool(true)
    }
}

/// The tree of a condition.
package indirect enum Expression: Sendable, Hashable {
    case literal(JSONValue)
    case path(JSONPath)
    case list([Expression])
    case not(Expression)
    case negative(Expression)
    case compare(Comparison, Expression, Expression)
    case contained(Expression, in: Expression)
    case and(Expression, Expression)
    case or(Expression, Expression)
}

package enum Comparison: String, Sendable, Hashable, CaseIterable {
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
}
