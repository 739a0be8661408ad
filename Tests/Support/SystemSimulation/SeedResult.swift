package import FlowModel
package import Primitives

/// What one seed came to, as a line that a worker writes.
package struct SeedResult: Sendable, Hashable {
    package var seed: UInt64 = 0
    package var steps = 0
    package var commits = 0
    package var promises = 0
    package var traceSum: UInt64 = 0
    package var traceLines = 0
    package var virtualSeconds: Int64 = 0
    package var faults: [FaultKind: Int] = [:]
    package var eventTypes: Set<HistoryEventType> = []
    package var violation: String?
    package var plan = ""
    /// How orders, executions and payments ended.
    package var outcomes: [String: Int] = [:]

    package init() {}

    package init(_ run: SimulationRun) {
        seed = run.seed
        steps = run.steps
        commits = run.commits
        promises = run.promises
        traceSum = run.traceSum
        traceLines = run.traceLines
        virtualSeconds = Int64(run.virtualSeconds)
        faults = run.faults
        eventTypes = run.eventTypes
        violation = run.violation
        plan = run.plan
        outcomes = run.outcomes
    }

    package var json: JSONValue {
        var object: JSONObject = [
            "seed": .string(String(seed)), "steps": .integer(Int64(steps)),
            "commits": .integer(Int64(commits)),
            "promises": .integer(Int64(promises)), "sum": .string(String(traceSum, radix: 16)),
            "lines": .integer(Int64(traceLines)), "seconds": .integer(virtualSeconds),
            "plan": .string(plan),
            "outcomes": .object(JSONObject(outcomes.map { ($0.key, .integer(Int64($0.value))) })),
            "faults": .object(JSONObject(faults.map { ($0.key.rawValue, .integer(Int64($0.value))) })),
            "types": .array(eventTypes.map(\.rawValue).sorted().map { .string($0) }),
        ]
        if let violation { object["violation"] = .string(violation) }
        return .object(object)
    }

    /// nil: it is no line of a worker.
    package init?(json: JSONValue) {
        guard let seed = json["seed"]?.stringValue.flatMap({ UInt64($0) }),
            let steps = json["steps"]?.integerValue, let sum = json["sum"]?.stringValue
        else { return nil }
        self.seed = seed
        self.steps = Int(steps)
        traceSum = UInt64(sum, radix: 16) ?? 0
        commits = Int(json["commits"]?.integerValue ?? 0)
        promises = Int(json["promises"]?.integerValue ?? 0)
        traceLines = Int(json["lines"]?.integerValue ?? 0)
        virtualSeconds = json["seconds"]?.integerValue ?? 0
        plan = json["plan"]?.stringValue ?? ""
        for (name, count) in json["faults"]?.objectValue ?? [:] {
            if let kind = FaultKind(rawValue: name) { faults[kind] = Int(count.integerValue ?? 0) }
        }
        outcomes = [:]
        for (name, count) in json["outcomes"]?.objectValue ?? [:] {
            outcomes[name] = Int(count.integerValue ?? 0)
        }
        eventTypes = Set(
            (json["types"]?.arrayValue ?? []).compactMap { $0.stringValue.flatMap(HistoryEventType.init) })
        violation = json["violation"]?.stringValue
    }
}

/// What many seeds came to.
package struct SeedSummary: Sendable {
    package private(set) var seeds = 0
    package private(set) var steps = 0
    package private(set) var commits = 0
    package private(set) var promises = 0
    package private(set) var virtualSeconds: Int64 = 0
    package private(set) var faults: [FaultKind: Int] = [:]
    package private(set) var eventTypes: Set<HistoryEventType> = []
    package private(set) var outcomes: [String: Int] = [:]
    /// Those that went wrong, the lowest seed first.
    package private(set) var violations: [SeedResult] = []

    package init() {}

    package mutating func add(_ result: SeedResult) {
        seeds += 1
        steps += result.steps
        commits += result.commits
        promises += result.promises
        virtualSeconds += result.virtualSeconds
        faults.merge(result.faults, uniquingKeysWith: +)
        eventTypes.formUnion(result.eventTypes)
        outcomes.merge(result.outcomes, uniquingKeysWith: +)
        guard result.violation != nil else { return }
        violations.append(result)
        violations.sort { $0.seed < $1.seed }
    }

    package var faultCount: Int { faults.values.reduce(0, +) }

    /// What a run of many seeds should have seen, and has not.
    package var notSeen: [String] {
        HistoryEventType.allCases.filter { !eventTypes.contains($0) }.map(\.rawValue)
            + FaultKind.allCases.filter { faults[$0, default: 0] == 0 }.map(\.rawValue)
    }
}
