import FlowDefinition
import FlowModel
import Primitives

/// Recording: the only code that changes the state, the same for an event just decided and for one read back.
extension ExecutionMachine {
    /// Decides an event: gives it number, time and cause, completes and records it and adds it to the turn.
    ///
    /// - Parameter stored: what is decided; what follows from the state is filled in, here as in a replay.
    @discardableResult
    mutating func emit(
        _ type: HistoryEventType, _ stepName: String = "", in thread: Int64, cause: Int64? = nil,
        _ stored: JSONObject, _ turn: inout Turn
    ) -> Int64 {
        let event = HistoryEvent(
            eventID: state.lastEventID + 1, scheduleEventID: cause ?? state.threads[thread]?.tail ?? 0,
            type: type,
            stepName: stepName, time: turn.now,
            detail: stored, inherited: inherited(type, stepName, stored, in: thread))
        do { try record(event, in: thread) } catch {
            preconditionFailure("the machine decided what it cannot record: \(error)")
        }
        turn.events.append(event)
        return event.eventID
    }

    mutating func record(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        switch event.type {
        case .executionStarted: try recordStarted(event)
        case .executionStopped, .executionSucceeded, .executionFailed, .executionTimedOut: recordEnded(event)
        case .stepEntered: try recordStepEntered(event, in: thread)
        case .stepStarted: try recordStepStarted(event, in: thread)
        case .stepSucceeded, .stepFailed: try recordStepEnded(event, in: thread)
        case .stepExited: try recordStepExited(event, in: thread)
        case .branchEntered, .iterationEntered, .branchExited, .iterationExited:
            try recordFork(event, in: thread)
        case .taskScheduled: try recordTaskScheduled(event, in: thread)
        case .taskStarted: break
        case .taskSubmitted: try recordTaskSubmitted(event, in: thread)
        case .taskSubmitFailed, .taskSucceeded, .taskFailed, .taskTimedOut:
            try recordTaskEnded(event, in: thread)
        }
        if !event.type.forks { state.threads[thread]?.tail = event.eventID }
        state.lastEventID = event.eventID
        state.lastEventTime = event.time
    }
}

extension HistoryEventType {
    /// Entering a branch is the first event of the branch and none of the thread that forks.
    var forks: Bool { self == .branchEntered || self == .iterationEntered }
}

extension HistoryEvent {
    func fault(_ reason: String) -> ReplayFault { ReplayFault(eventID: eventID, reason: reason) }

    func object(_ key: String) throws(ReplayFault) -> JSONObject {
        guard let value = self[key]?.objectValue else {
            throw fault("the detail of \(type.rawValue) has no object \"\(key)\"")
        }
        return value
    }

    func integer(_ key: String) throws(ReplayFault) -> Int64 {
        guard let value = self[key]?.integerValue else {
            throw fault("the detail of \(type.rawValue) has no integer \"\(key)\"")
        }
        return value
    }

    func time(_ key: String) throws(ReplayFault) -> Timestamp? {
        guard let value = self[key] else { return nil }
        guard let text = value.stringValue, let time = Timestamp(rfc3339: text) else {
            throw fault("\"\(key)\" in the detail of \(type.rawValue) is no time")
        }
        return time
    }
}
