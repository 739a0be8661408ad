import FlowModel
import Primitives

/// An event as the oracle expects it.
struct PlainEvent: Sendable {
    let type: HistoryEventType
    let step: String
    /// Units: milliseconds since the beginning.
    let time: Int64
    /// Without `cause` where the words are the engine's own.
    let detail: JSONObject
}

/// A failure nobody caught, which ends the execution.
struct PlainFailure: Sendable {
    let error: String
    /// Nil: in the engine's own words.
    let cause: String?
    let time: Int64
    /// Where it began.
    let thread: String

    var detail: JSONObject {
        var detail: JSONObject = ["error": .string(error)]
        if let cause { detail["cause"] = .string(cause) }
        return detail
    }
}

/// How a list of steps or a step comes out.
enum Course<Value: Sendable>: Sendable {
    case done(Value, Int64)
    case failed(PlainFailure)
    case forever
}

/// What the flow would come to if nothing from outside ended it.
struct OracleVerdict: Sendable {
    var course: Course<JSONObject>
    var threads: [String: [PlainEvent]]
    /// All of every thread, the earliest are those that can win.
    var failures: [PlainFailure]
}

/// A plain recursive evaluator of FDL: fdl §3.2 written down once more, with times.
///
/// Every branch is evaluated to its own end, as if no other could fail; whoever compares cuts at the time at
/// which the execution ends. That is sound because only tasks catch: any other failure ends the whole
/// execution.
struct Oracle {
    static let eventsMax = 1500

    let flow: PlainFlow
    let behaviour: TaskBehaviour
    let iterationsAtOnceMax: Int
    /// The thread whose failure counts where several fail at the same time.
    let preferred: String?
    /// What `$context` says of the execution: `flow.name`, `execution.name`.
    let names: [String: JSONValue]

    var threads: [String: [PlainEvent]] = [:]
    var failures: [PlainFailure] = []
    var visits: [String: Int] = [:]
    var eventCount = 0

    init(
        _ flow: PlainFlow, behaviour: TaskBehaviour, iterationsAtOnceMax: Int, preferred: String? = nil,
        names: [String: JSONValue] = ["execution.name": "1", "flow.name": "simulated"]
    ) {
        self.flow = flow
        self.behaviour = behaviour
        self.iterationsAtOnceMax = iterationsAtOnceMax
        self.preferred = preferred
        self.names = names
    }

    /// Nil when it is longer than `eventsMax`.
    mutating func run(_ input: JSONObject) -> OracleVerdict? {
        let course: Course<JSONObject>
        emit(.executionStarted, "", "", 0, ["input": .object(input)])
        if let flowInput = flowInput(input) {
            course = execute(flowInput)
        } else {
            course = .failed(failure("FnF.InvalidMapping", nil, "", 0))
        }
        guard eventCount <= Self.eventsMax else { return nil }
        return OracleVerdict(course: course, threads: threads, failures: failures)
    }

    private func flowInput(_ input: JSONObject) -> JSONObject? {
        guard let mappings = flow.inputMappings else { return input }
        return PlainScope(input: input, local: .object(JSONObject()), context: names).map(mappings)
    }

    private mutating func execute(_ input: JSONObject) -> Course<JSONObject> {
        switch list(flow.steps, input, "", 0) {
        case .done(let local, let time):
            guard let mappings = flow.outputMappings else { return .done(local, time) }
            let scope = PlainScope(input: input, local: .object(local), context: names)
            if let output = scope.map(mappings) { return .done(output, time) }
            return .failed(failure("FnF.InvalidMapping", nil, "", time))
        case .failed(let failure): return .failed(failure)
        case .forever: return .forever
        }
    }

    mutating func emit(
        _ type: HistoryEventType, _ step: String, _ thread: String, _ time: Int64, _ detail: JSONObject
    ) {
        eventCount += 1
        guard eventCount <= Self.eventsMax else { return }
        threads[thread, default: []].append(PlainEvent(type: type, step: step, time: time, detail: detail))
    }

    mutating func failure(_ error: String, _ cause: String?, _ thread: String, _ time: Int64) -> PlainFailure
    {
        let failure = PlainFailure(error: error, cause: cause, time: time, thread: thread)
        failures.append(failure)
        return failure
    }

    /// What `$context` holds on a step. Event numbers are known only where one thread counts them.
    func context(_ step: String, enteredEventID: Int64) -> [String: JSONValue] {
        names.merging(["step.name": .string(step), "step.eventId": .integer(enteredEventID)]) { $1 }
    }

    /// `⊕` of fdl §3.2.
    static func merge(_ left: JSONObject, _ right: JSONObject) -> JSONObject {
        var merged = left
        for (key, value) in right { merged[key] = value }
        return merged
    }
}
