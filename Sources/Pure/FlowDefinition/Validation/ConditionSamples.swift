import Primitives

/// For each path of some conditions the values worth trying.
struct ConditionSamples {
    struct Domain {
        let path: JSONPath
        let values: [JSONValue]
    }

    /// What each path is compared with.
    private var literals: [JSONPath: [JSONValue]] = [:]
    /// Paths that stand as a condition of their own.
    private var bare: Set<JSONPath> = []
    /// Paths that are compared with each other.
    private var pairs: [(JSONPath, JSONPath)] = []
    /// In the order of the text.
    private var order: [JSONPath] = []

    /// False when the condition has a form whose values cannot be told from its literals.
    mutating func collect(_ condition: Expression) -> Bool {
        switch condition {
        case .literal: return true
        case .path(let path):
            note(path)
            bare.insert(path)
            return true
        case .not(let operand): return collect(operand)
        case .and(let left, let right), .or(let left, let right): return collect(left) && collect(right)
        case .compare(_, let left, let right): return collect(operand(left), operand(right))
        case .contained(let element, .list(let elements)):
            return elements.allSatisfy { collect(operand(element), operand($0)) }
        case .contained, .list, .negative: return false
        }
    }

    private enum Operand {
        case path(JSONPath)
        case literal(JSONValue)
        case other
    }

    private func operand(_ expression: Expression) -> Operand {
        switch expression {
        case .path(let path): .path(path)
        case .literal(let value): .literal(value)
        case .negative(.literal): .literal(expression.value(for: .null))
        default: .other
        }
    }

    private mutating func collect(_ left: Operand, _ right: Operand) -> Bool {
        switch (left, right) {
        case (.path(let path), .literal(let value)), (.literal(let value), .path(let path)):
            note(path)
            literals[path, default: []].append(value)
        case (.path(let left), .path(let right)):
            note(left)
            note(right)
            pairs.append((left, right))
        case (.literal, .literal): break
        case (.other, _), (_, .other): return false
        }
        return true
    }

    private mutating func note(_ path: JSONPath) {
        if literals[path] == nil {
            literals[path] = []
            order.append(path)
        }
    }

    /// Nil when there is a path of which no value can be thought.
    func domains() -> [Domain]? {
        var literals = literals
        for (left, right) in pairs {
            var shared = (literals[left] ?? []) + (literals[right] ?? [])
            if shared.isEmpty { shared = [.integer(1)] }
            literals[left] = shared
            literals[right] = shared
        }
        var domains: [Domain] = []
        for path in order {
            let values = Self.samples(of: literals[path] ?? [], bare: bare.contains(path))
            if values.isEmpty { return nil }
            domains.append(Domain(path: path, values: values))
        }
        return domains
    }

    /// Likely gaps first.
    private static func samples(of literals: [JSONValue], bare: Bool) -> [JSONValue] {
        var samples = texts(literals.compactMap(\.stringValue))
        samples += integers(literals.compactMap(\.integerValue))
        if literals.contains(where: { if case .number = $0 { true } else { false } }) {
            samples += numbers(literals.compactMap(\.doubleValue))
        }
        if bare || literals.contains(where: { $0.boolValue != nil }) { samples += [false, true] }
        return samples
    }

    private static func texts(_ literals: [String]) -> [JSONValue] {
        guard !literals.isEmpty else { return [] }
        let known = Set(literals)
        var other = "other"
        while known.contains(other) { other += "-other" }
        return [.string(other)]
            + known.sorted().flatMap { [JSONValue.string($0), .string($0 + "~")] } + [""]
    }

    /// Between two neighbours there is none: who compares with integers counts.
    private static func integers(_ literals: [Int64]) -> [JSONValue] {
        var values = Set(literals)
        for literal in literals {
            if literal < .max { values.insert(literal + 1) }
            if literal > .min { values.insert(literal - 1) }
        }
        return values.sorted(by: >).map(JSONValue.integer)
    }

    private static func numbers(_ literals: [Double]) -> [JSONValue] {
        let known = Set(literals).sorted()
        guard let least = known.first, let most = known.last else { return [] }
        let between = zip(known, known.dropFirst()).map { ($0 + $1) / 2 }
        return ([most + 1] + known.reversed() + between + [least - 1]).map(JSONValue.number)
    }
}
