import Primitives

/// Values for which no condition of a choice is true.
struct ChoiceGap: Sendable, Equatable {
    /// E.g. `$.status = "other"`; empty when the conditions read nothing.
    let example: String
}

/// Looks for such values by trying: for every path of the conditions the literals it is compared with, and
/// values between and beside them.
///
/// A path that is missing makes each comparison false; that is not counted, since nothing could then be
/// exhaustive.
struct ChoiceGapSearch {
    /// Units: nodes of conditions evaluated, over all choices of a flow; then nothing more is found.
    private var room = 1_000_000
    /// For one choice.
    private static let roomMax = 50_000

    /// Nil when the choice is exhaustive, and also when that cannot be told.
    mutating func gap(in choice: ChoiceStep) -> ChoiceGap? {
        let conditions = choice.branches.map(\.condition.expression)
        var samples = ConditionSamples()
        for condition in conditions {
            guard samples.collect(condition) else { return nil }
        }
        guard let domains = samples.domains() else { return nil }
        let cost = conditions.reduce(1) { $0 + $1.nodeCount }
        var left = min(room, Self.roomMax)
        defer { room -= min(room, Self.roomMax) - left }
        var digits = [Int](repeating: 0, count: domains.count)
        while left >= cost {
            left -= cost
            var values: [JSONPath: JSONValue] = [:]
            for (domain, digit) in zip(domains, digits) { values[domain.path] = domain.values[digit] }
            if !conditions.contains(where: { $0.replacingPaths(values).value(for: .null) == .bool(true) }) {
                return ChoiceGap(example: Self.example(domains, digits))
            }
            guard Self.advance(&digits, domains) else { return nil }
        }
        return nil
    }

    /// The next combination; false after the last one.
    private static func advance(_ digits: inout [Int], _ domains: [ConditionSamples.Domain]) -> Bool {
        for index in digits.indices {
            digits[index] += 1
            if digits[index] < domains[index].values.count { return true }
            digits[index] = 0
        }
        return false
    }

    private static func example(_ domains: [ConditionSamples.Domain], _ digits: [Int]) -> String {
        zip(domains, digits).prefix(3)
            .map { domain, digit in "$\(domain.path.text) = \(domain.values[digit].text)" }
            .joined(separator: ", ")
    }
}

extension Expression {
    var nodeCount: Int {
        switch self {
        case .literal, .path: 1
        case .list(let elements): elements.reduce(1) { $0 + $1.nodeCount }
        case .not(let operand), .negative(let operand): 1 + operand.nodeCount
        case .compare(_, let left, let right), .contained(let left, let right), .and(let left, let right),
            .or(let left, let right):
            1 + left.nodeCount + right.nodeCount
        }
    }

    var paths: [JSONPath] {
        switch self {
        case .literal: []
        case .path(let path): [path]
        case .list(let elements): elements.flatMap(\.paths)
        case .not(let operand), .negative(let operand): operand.paths
        case .compare(_, let left, let right), .contained(let left, let right), .and(let left, let right),
            .or(let left, let right):
            left.paths + right.paths
        }
    }

    func replacingPaths(_ values: [JSONPath: JSONValue]) -> Expression {
        switch self {
        case .literal: self
        case .path(let path): .literal(values[path] ?? .null)
        case .list(let elements): .list(elements.map { $0.replacingPaths(values) })
        case .not(let operand): .not(operand.replacingPaths(values))
        case .negative(let operand): .negative(operand.replacingPaths(values))
        case .compare(let comparison, let left, let right):
            .compare(comparison, left.replacingPaths(values), right.replacingPaths(values))
        case .contained(let element, let list):
            .contained(element.replacingPaths(values), in: list.replacingPaths(values))
        case .and(let left, let right): .and(left.replacingPaths(values), right.replacingPaths(values))
        case .or(let left, let right): .or(left.replacingPaths(values), right.replacingPaths(values))
        }
    }
}
