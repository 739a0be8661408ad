package import FlowDefinition
package import FlowModel
package import Primitives

/// One execution of one flow: decides, and remembers what it needs to decide. No I/O, no clock, no chance.
///
/// `step` decides by recording events on itself, one after the other, and `apply` records the same events
/// again: so a replayed machine equals the one that stepped by construction.
/// Durability: none; the caller commits a transition's events before it runs the commands or answers anybody.
package struct ExecutionMachine: Sendable, Equatable {
    package let definition: FlowDefinition
    package let flow: String
    package let execution: String
    package let limits: FlowLimits
    var state = ExecutionState()

    package init(definition: FlowDefinition, flow: String, execution: String, limits: FlowLimits = .standard)
    {
        self.definition = definition
        self.flow = flow
        self.execution = execution
        self.limits = limits
    }

    /// Takes one input and returns everything that follows from it; consecutive steps that wait for nothing
    /// run here.
    ///
    /// Units: `now` is the wall clock; it counts as the time of the last event when it lies before it.
    /// Throws: why the input was refused; the machine is unchanged.
    package mutating func step(
        _ input: Input, at now: Timestamp, mint: some TaskTokenMint
    ) throws(InputRefused) -> Transition {
        var turn = Turn(now: max(now.wholeMilliseconds, state.lastEventTime), mint: mint)
        try take(input, &turn)
        advanceAll(&turn)
        return turn.transition
    }

    /// Replays recorded events, all of an execution's or those behind `lastEventID`.
    ///
    /// Returns the events with their whole details, as they were when they were decided. Throws: the first
    /// event that does not fit; what came before it has been applied, the machine is of no use.
    @discardableResult
    package mutating func apply(_ events: [HistoryEvent]) throws(ReplayFault) -> [HistoryEvent] {
        var completed: [HistoryEvent] = []
        completed.reserveCapacity(events.count)
        var index = ThreadIndex(state)
        for event in events {
            guard event.eventID == state.lastEventID + 1 else {
                throw event.fault("event \(state.lastEventID + 1) should come next")
            }
            guard !state.status.isTerminal else { throw event.fault("the execution has ended before") }
            guard (event.type == .executionStarted) == (state.lastEventID == 0),
                let thread = index.thread(of: event, state)
            else { throw event.fault("its cause \(event.scheduleEventID) belongs to no thread of control") }
            let parent = state.threads[thread]?.parent
            let whole = complete(event, in: thread)
            try record(whole, in: thread)
            index.add(whole, thread: thread, parent: parent, state)
            completed.append(whole)
        }
        return completed
    }

    private func complete(_ event: HistoryEvent, in thread: Int64) -> HistoryEvent {
        HistoryEvent(
            eventID: event.eventID, scheduleEventID: event.scheduleEventID, type: event.type,
            stepName: event.stepName, time: event.time,
            detail: event.stored, inherited: inherited(event.type, event.stepName, event.stored, in: thread))
    }

    /// How an ended attempt ended; nil while it is open, or when there was none under this event.
    package func taskOutcome(scheduledEventID: Int64) -> TaskOutcome? { state.outcomes[scheduledEventID] }

    package var status: ExecutionStatus { state.status }
    /// The starter's text, byte for byte; empty before the start.
    package var inputText: String { state.inputText }
    /// The final output as JSON text; nil unless the execution succeeded.
    package var outputText: String? { state.output.map { JSONValue.object($0).text } }
    package var output: JSONObject? { state.output }
    /// Of an execution that failed, or was stopped with a failure.
    package var failure: FlowFailure? { state.failure }
    package var labels: JSONObject { state.labels }
    package var startedTime: Timestamp? { state.startedTime }
    package var stoppedTime: Timestamp? { state.stoppedTime }
    /// 0 before the start.
    package var lastEventID: Int64 { state.lastEventID }
}
