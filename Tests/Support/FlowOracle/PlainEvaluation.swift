import Primitives

/// Paths, conditions and mappings, read off fdl §3.3 and §4 a second time.
extension PlainPath {
    func value(in root: JSONValue) -> JSONValue? { Self.value(parts, in: root) }

    private static func value(_ parts: [Part], in root: JSONValue) -> JSONValue? {
        guard let part = parts.first else { return root }
        let rest = Array(parts.dropFirst())
        switch (part, root) {
        case (.key(let key), .object(let object)):
            for (name, member) in object where name == key { return value(rest, in: member) }
            return nil
        case (.index(let index), .array(let elements)):
            return index < elements.count ? value(rest, in: elements[index]) : nil
        case (.each, .array(let elements)):
            let found = elements.compactMap { value(rest, in: $0) }
            let flattens = rest.contains { if case .each = $0 { true } else { false } }
            guard flattens else { return .array(found) }
            return .array(found.flatMap { $0.arrayValue ?? [$0] })
        default: return nil
        }
    }
}

extension PlainCondition {
    func holds(_ input: JSONObject) -> Bool { value(input) == .bool(true) }

    private func value(_ input: JSONObject) -> JSONValue {
        switch self {
        case .literal(let value): value
        case .path(let path): path.value(in: .object(input)) ?? .null
        case .compare(let sign, let left, let right):
            .bool(Self.compare(sign, left.value(input), right.value(input)))
        case .contained(let left, let list):
            .bool(list.contains { Self.compare("==", left.value(input), $0) })
        case .not(let operand): .bool(!operand.holds(input))
        case .and(let left, let right): .bool(left.holds(input) && right.holds(input))
        case .or(let left, let right): .bool(left.holds(input) || right.holds(input))
        }
    }

    private static func compare(_ sign: String, _ left: JSONValue, _ right: JSONValue) -> Bool {
        if left == .null || right == .null { return false }
        if let left = left.doubleValue, let right = right.doubleValue { return ordered(sign, left, right) }
        if case .string(let left) = left, case .string(let right) = right {
            return ordered(sign, left, right)
        }
        switch sign {
        case "==": return left == right
        case "!=": return left != right
        default: return false
        }
    }

    private static func ordered<Value: Comparable>(_ sign: String, _ left: Value, _ right: Value) -> Bool {
        switch sign {
        case "==": left == right
        case "!=": left != right
        case "<": left < right
        case "<=": left <= right
        case ">": left > right
        default: left >= right
        }
    }
}

/// What mappings read.
struct PlainScope {
    var input: JSONObject
    var local: JSONValue
    /// By `step.name` and the like.
    var context: [String: JSONValue]

    /// Nil when a path is not there.
    func map(_ mappings: [PlainMapping]) -> JSONObject? {
        var result = JSONObject()
        for mapping in mappings {
            let value: JSONValue? =
                switch mapping.source {
                case .input(let path): path.value(in: .object(input))
                case .local(let path): path.value(in: local)
                case .context(let keys): context[keys.joined(separator: ".")]
                case .constant(let value): value
                }
            guard let value else { return nil }
            result[mapping.target] = value
        }
        return result
    }
}
