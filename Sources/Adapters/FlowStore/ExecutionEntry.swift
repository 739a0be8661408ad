package import FlowModel
package import Primitives

/// What the index knows of an execution without reading its history: a projection of its rows, row by row.
package struct ExecutionEntry: Sendable, Hashable {
    /// The sequence of the first row.
    package let execution: Int64
    /// The key of the flow, which another flow of the same name does not share.
    package let flow: Int64
    package let flowName: String
    package let name: String
    /// The content id of the pinned definition.
    package let definition: String
    package let labels: JSONObject
    package let origin: ExecutionOrigin
    package let started: Timestamp
    package var status: ExecutionStatus
    package var stopped: Timestamp?
    package var lastSequence: Int64
    package var lastEventID: Int64
    /// When the execution's next timer is due.
    package var deadline: Timestamp?
    /// Whether a call for a task may have to be made again after a restart.
    package var hasUndelivered: Bool
    package var error: String?
    package var cause: String?

    package var isOpen: Bool { !status.isTerminal }

    package init(
        execution: Int64, start: ExecutionStart, started: Timestamp, status: ExecutionStatus,
        lastSequence: Int64
    ) {
        self.execution = execution
        flow = start.flow
        flowName = start.flowName
        name = start.name
        definition = start.definition
        labels = start.labels
        origin = start.origin
        self.started = started
        self.status = status
        self.lastSequence = lastSequence
        lastEventID = 0
        hasUndelivered = false
    }
}

extension ExecutionEntry {
    /// What was fixed at the start.
    package var start: ExecutionStart {
        ExecutionStart(
            flow: flow, flowName: flowName, name: name, definition: definition, labels: labels,
            origin: origin)
    }

    /// The entry after the first row of an execution; nil when the row is no first row.
    package init?(first row: JournalRow, _ body: TransitionBody) {
        guard let start = body.start, let event = body.events.first else { return nil }
        self.init(
            execution: row.execution, start: start, started: event.time, status: .running,
            lastSequence: row.sequence)
        apply(sequence: row.sequence, body)
    }

    /// Takes in the next row.
    package mutating func apply(sequence: Int64, _ body: TransitionBody) {
        lastSequence = sequence
        deadline = body.deadline
        hasUndelivered = body.hasUndelivered
        guard let last = body.events.last else { return }
        lastEventID = last.eventID
        guard let end = last.type.endStatus else { return }
        status = end
        stopped = last.time
        deadline = nil
        hasUndelivered = false
        error = last["error"]?.stringValue
        cause = last["cause"]?.stringValue
    }
}
