package import Primitives

extension Expression {
    /// The value for a step's input. Nothing fails: a missing path is null, a comparison with null is false,
    /// and only the boolean `true` is true. Source: fdl §4, "recommended semantics".
    package func value(for input: JSONValue) -> JSONValue {
        switch self {
        case .literal(let value): value
        case .path(let path): path.value(in: input) ?? .null
        case .list(let elements): .array(elements.map { $0.value(for: input) })
        case .not(let operand): .bool(!operand.isTrue(for: input))
        case .negative(let operand): Self.negated(operand.value(for: input))
        case .compare(let comparison, let left, let right):
            .bool(comparison.holds(left.value(for: input), right.value(for: input)))
        case .contained(let element, let list):
            .bool(Self.contains(list.value(for: input), element.value(for: input)))
        case .and(let left, let right): .bool(left.isTrue(for: input) && right.isTrue(for: input))
        case .or(let left, let right): .bool(left.isTrue(for: input) || right.isTrue(for: input))
        }
    }

    private func isTrue(for input: JSONValue) -> Bool { value(for: input) == .bool(true) }

    private static func negated(_ value: JSONValue) -> JSONValue {
        switch value {
        case .integer(let number) where number != .min: .integer(-number)
        case .integer(let number): .number(-Double(number))
        case .number(let number): .number(-number)
        default: .null
        }
    }

    private static func contains(_ list: JSONValue, _ element: JSONValue) -> Bool {
        guard case .array(let elements) = list else { return false }
        return elements.contains { Comparison.equal.holds($0, element) }
    }
}

extension Comparison {
    func holds(_ left: JSONValue, _ right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, _), (_, .null): return false
        case (.integer(let left), .integer(let right)): return holds(left, right)
        case (.integer, .number), (.number, .integer), (.number, .number):
            guard let left = left.doubleValue, let right = right.doubleValue else { return false }
            return holds(left, right)
        case (.string(let left), .string(let right)): return holds(left, right)
        case (.bool, .bool), (.array, .array), (.object, .object):
            return self == .equal && left == right || self == .notEqual && left != right
        default: return self == .notEqual
        }
    }

    private func holds<Number: Comparable>(_ left: Number, _ right: Number) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }

    private func holds(_ left: String, _ right: String) -> Bool {
        switch self {
        case .equal: left.utf8Equals(right)
        case .notEqual: !left.utf8Equals(right)
        case .less: left.utf8Precedes(right)
        case .lessOrEqual: !right.utf8Precedes(left)
        case .greater: right.utf8Precedes(left)
        case .greaterOrEqual: !left.utf8Precedes(right)
        }
    }
}
