package import FlowModel
package import Primitives

/// What an open step waits for.
package enum OpenStepState: Int64, Sendable, Hashable {
    /// Its task is on its way, or being done. Can become: any other, or the step is over.
    case delivering = 0
    /// Its task was delivered and awaits a report.
    case waitingForCallback = 1
    /// Its task failed and is tried again at the deadline.
    case waitingToRetry = 2
    /// A wait, until the deadline.
    case waiting = 3
}

/// A step that an open execution stands at: a projection of its events, so that it is known without a
/// machine.
package struct OpenStep: Sendable, Hashable {
    package let name: String
    package var state: OpenStepState
    package var since: Timestamp
    package var deadline: Timestamp?
    package var attempt: Int64
    /// The event that scheduled the attempt; of a wait the one that began it.
    package var scheduledEventID: Int64
    package var scheduled: Timestamp
    /// The newest event of its thread of control, which the next one names as its cause.
    package var tail: Int64
}

/// What one event did to the open steps of its execution.
package struct OpenStepChange: Sendable {
    package var before: OpenStep?
    package var after: OpenStep?
    /// How long the attempt was on its way, when the event says that it is no longer.
    package var latency: Duration?
}

extension [OpenStep] {
    /// Takes in the next event.
    package mutating func apply(_ event: HistoryEvent) -> OpenStepChange {
        var change = OpenStepChange()
        let place = event.scheduleEventID == 0 ? nil : lastIndex { $0.tail == event.scheduleEventID }
        change.before = place.map { self[$0] }
        change.after = change.before.map { $0.next(event) } ?? OpenStep(first: event)
        if let before = change.before, before.state == .delivering, change.after?.state != .delivering {
            change.latency = before.scheduled.duration(to: event.time)
        }
        switch (place, change.after) {
        case (let place?, let after?): self[place] = after
        case (let place?, nil): remove(at: place)
        case (nil, let after?): append(after)
        case (nil, nil): break
        }
        return change
    }
}

extension OpenStep {
    /// The step that the event begins to wait at, if it does.
    fileprivate init?(first event: HistoryEvent) {
        switch event.type {
        case .taskScheduled:
            self.init(event, .delivering, until: event.time("deadline"))
            attempt = event.stored["attempt"]?.integerValue ?? 0
        case .stepStarted:
            guard let until = event.time("until") else { return nil }
            self.init(event, .waiting, until: until)
        default: return nil
        }
    }

    private init(_ event: HistoryEvent, _ state: OpenStepState, until deadline: Timestamp?) {
        self.init(
            name: event.stepName, state: state, since: event.time, deadline: deadline, attempt: 0,
            scheduledEventID: event.eventID, scheduled: event.time, tail: event.eventID)
    }

    /// The step after the next event of its thread; nil: it waits no more.
    fileprivate func next(_ event: HistoryEvent) -> OpenStep? {
        var step = self
        step.tail = event.eventID
        switch event.type {
        case .taskStarted: return step
        case .taskSubmitted:
            step.state = .waitingForCallback
            step.since = event.time
            return step
        case .taskFailed, .taskTimedOut, .taskSubmitFailed:
            guard let retryAt = event.time("retryAt") else { return nil }
            step.state = .waitingToRetry
            step.since = event.time
            step.deadline = retryAt
            step.attempt += 1
            return step
        default: return OpenStep(first: event)
        }
    }
}

extension HistoryEvent {
    /// Whether an execution that waits nowhere may wait after it; most events lie between two steps.
    var mayOpenStep: Bool { type == .taskScheduled || type == .stepStarted && !stored.isEmpty }

    fileprivate func time(_ member: String) -> Timestamp? {
        stored[member]?.stringValue.flatMap(Timestamp.init(rfc3339:))
    }
}

/// Shape: `[name, state, since, deadline or null, attempt, scheduled event, scheduled, tail]`, times in
/// microseconds.
extension OpenStep {
    package var json: JSONValue {
        [
            .string(name), .integer(state.rawValue), .integer(since.microseconds),
            deadline.map { .integer($0.microseconds) } ?? .null, .integer(attempt),
            .integer(scheduledEventID), .integer(scheduled.microseconds), .integer(tail),
        ]
    }

    package init?(json: JSONValue) {
        guard let members = json.arrayValue, members.count == 8, let name = members[0].stringValue,
            let state = members[1].integerValue.flatMap(OpenStepState.init(rawValue:)),
            let since = members[2].integerValue, let attempt = members[4].integerValue,
            let event = members[5].integerValue, let scheduled = members[6].integerValue,
            let tail = members[7].integerValue
        else { return nil }
        self.init(
            name: name, state: state, since: Timestamp(microseconds: since),
            deadline: members[3].integerValue.map(Timestamp.init(microseconds:)), attempt: attempt,
            scheduledEventID: event, scheduled: Timestamp(microseconds: scheduled), tail: tail)
    }
}
