import FlowEngineAPI
import Primitives
import RPCProtocol

/// What the engine has told somebody, which therefore must hold for ever.
final class Acknowledged: @unchecked Sendable { // touched by the one thread of its stage only
    /// `flow/name` of executions whose start was answered.
    var started: Set<String> = []
    var reports: [(task: TaskMeta, event: Int64)] = []
    /// Status and output of executions that were seen to end.
    var ends: [String: String] = [:]
    /// A message whose deletion was answered.
    var deleted: String?
    private(set) var events: [String: [Int64: EventRecord]] = [:]
    private(set) var contradictions: [String] = []

    func note(_ event: EventRecord, of flow: String, _ name: String) {
        let execution = "\(flow)/\(name)"
        if let known = events[execution]?[event.eventId], known.wire != event.wire {
            contradictions.append(
                "event \(event.eventId) of \(execution) was \(known.line), then \(event.line)")
        }
        events[execution, default: [:]][event.eventId] = event
    }

    /// nil: none was seen.
    func lastEvent(_ flow: String, _ name: String) -> Int64? { events["\(flow)/\(name)"]?.keys.max() }
}

extension EventRecord {
    var line: String { "\(eventId)<\(scheduleEventId) \(type) \(stepName) \(time) \(eventDetail)" }
}
