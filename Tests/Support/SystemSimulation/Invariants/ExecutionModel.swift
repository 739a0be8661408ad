import FlowCore
import FlowModel
import FlowOracle
import FlowStore
import Primitives

/// One attempt of a task, as the committed history tells it.
struct AttemptModel {
    let scheduled: Int64
    let pattern: String
    /// Whether the call was answered for good, so that it must not be made again.
    var isAnswered = false
    /// The event that ended it.
    var ended: HistoryEvent?

    var waitsForReport: Bool { pattern != "requestResponse" }
}

/// One execution, followed row by row as they are committed.
final class ExecutionModel: @unchecked Sendable { // touched by the one thread of the simulation only
    let id: Int64
    let start: ExecutionStart
    var machine: ExecutionMachine
    var lastSequence: Int64
    private(set) var events: [HistoryEvent] = []
    private(set) var attempts: [Int64: AttemptModel] = [:]
    private(set) var sorter = ThreadSorter()
    private(set) var end: HistoryEvent?

    init(id: Int64, start: ExecutionStart, machine: ExecutionMachine) {
        self.id = id
        self.start = start
        self.machine = machine
        lastSequence = 0
    }

    var name: String { "\(start.flowName)/\(start.name)" }

    /// Takes in a row that is committed. Returns what is wrong with it.
    ///
    /// - Parameter now: the engine's clock after the commit.
    /// - Parameter isFirstHalf: the transition both starts and ends the execution, and its other row follows.
    func take(
        _ row: JournalRow, _ body: TransitionBody, at now: Timestamp, isFirstHalf: Bool
    ) -> String? {
        if let end { return "\(name) goes on after \(end.type.rawValue)" }
        guard row.previous == lastSequence else {
            return "row \(row.sequence) of \(name) follows \(row.previous), its last row is \(lastSequence)"
        }
        lastSequence = row.sequence
        let (deadline, lastTime) = (machine.nextDeadline, events.last?.time)
        let completed: [HistoryEvent]
        do { completed = try machine.apply(body.events) } catch {
            return "\(name) can't be replayed: \(error)"
        }
        if let fault = timeFault(completed, deadline: deadline, lastTime: lastTime, now: now) { return fault }
        let isWhole = !machine.status.isTerminal && !isFirstHalf
        guard !isWhole || machine.nextDeadline == body.deadline else {
            return "\(name): the replayed machine is due at \(text(machine.nextDeadline)), "
                + "row \(row.sequence) says \(text(body.deadline))"
        }
        guard !isWhole || machine.hasUnsubmitted == body.hasUndelivered else {
            return "\(name): row \(row.sequence) and the replayed machine disagree on what is undelivered"
        }
        for event in completed {
            if let fault = take(event) { return fault }
        }
        return nil
    }

    private func text(_ time: Timestamp?) -> String { time.map(\.description) ?? "no time" }

    /// Nothing that waits for a time comes before that time, and nothing is from the future.
    private func timeFault(
        _ events: [HistoryEvent], deadline: Timestamp?, lastTime: Timestamp?, now: Timestamp
    ) -> String? {
        guard let first = events.first else { return "\(name) has a row without events" }
        let latest = max(now, lastTime ?? now)
        for event in events where event.time > latest {
            return "\(name): event \(event.eventID) is from \(event.time), it is \(now)"
        }
        let needsDeadline: Bool
        switch first.type {
        case .executionStarted, .executionStopped, .executionSucceeded, .executionFailed, .taskStarted,
            .taskSubmitted, .taskSubmitFailed, .taskSucceeded, .taskFailed:
            needsDeadline = false
        default: needsDeadline = true
        }
        guard needsDeadline else { return nil }
        // With the time of the last event: a machine that was cut off goes on at once.
        guard let deadline, deadline <= max(first.time, lastTime ?? first.time) else {
            return "\(name): \(first.type.rawValue) of event \(first.eventID) came at \(first.time), "
                + "it was due at \(text(deadline))"
        }
        return nil
    }

    private func take(_ event: HistoryEvent) -> String? {
        events.append(event)
        sorter.observe(event)
        if event.type.endsExecution { end = event }
        switch event.type {
        case .taskScheduled:
            attempts[event.eventID] = AttemptModel(
                scheduled: event.eventID, pattern: event.detail["pattern"]?.stringValue ?? "")
        case .taskSubmitted:
            guard let id = openAttempt(of: event) else { return nil }
            attempts[id]?.isAnswered = true
        case .taskSubmitFailed, .taskSucceeded, .taskFailed, .taskTimedOut:
            guard let id = openAttempt(of: event) else {
                return "\(name): \(event.type.rawValue) of event \(event.eventID) ends no open task"
            }
            attempts[id]?.isAnswered = true
            attempts[id]?.ended = event
        default: break
        }
        return nil
    }

    /// The attempt that an event belongs to: the newest of its step in its thread that has not ended.
    private func openAttempt(of event: HistoryEvent) -> Int64? {
        var cause = event.scheduleEventID
        while cause > 0, cause <= events.count {
            if attempts[cause] != nil { return attempts[cause]?.ended == nil ? cause : nil }
            cause = events[Int(cause) - 1].scheduleEventID
        }
        return nil
    }
}
