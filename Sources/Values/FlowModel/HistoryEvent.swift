package import Primitives

/// One recorded fact of an execution.
///
/// Source: fdl §8.2. The published form (`EventId`, `Time` as text, `EventDetail` as text) is made by the
/// engine's contract; what is stored (`StoredEvents`) leaves out what an execution's
/// machine derives from the events before: what a step inherits would otherwise be written with each step.
///
/// A class, because an event is handed from the machine to the journal, the index and the watchers, and never
/// changes.
package final class HistoryEvent: Sendable, Hashable {
    /// 1, 2, 3 … within the execution, without gaps.
    package let eventID: Int64
    /// The event that caused this one: the one before it in the same thread of control; 0 for the first.
    package let scheduleEventID: Int64
    package let type: HistoryEventType
    /// Empty for the events of the execution itself.
    package let stepName: String
    package let time: Timestamp
    /// What the event itself says, and what is written of it. Of an event that was read it is all there is,
    /// until a machine has completed it.
    package let stored: JSONObject
    /// What the machine knew beside it.
    package let inherited: InheritedDetail

    package init(
        eventID: Int64, scheduleEventID: Int64, type: HistoryEventType, stepName: String, time: Timestamp,
        detail: JSONObject, inherited: InheritedDetail = .none
    ) {
        self.eventID = eventID
        self.scheduleEventID = scheduleEventID
        self.type = type
        self.stepName = stepName
        self.time = time
        stored = detail
        self.inherited = inherited
    }

    /// The whole detail, made when it is asked for.
    package var detail: JSONObject { inherited.joined(to: stored) }

    /// One member of the detail, without making the rest of it.
    package subscript(member: String) -> JSONValue? { stored[member] ?? inherited.member(member) }
}

extension HistoryEvent {
    /// Two events are the same when they say the same, whichever of it was written.
    package static func == (left: HistoryEvent, right: HistoryEvent) -> Bool {
        left === right
            || left.eventID == right.eventID && left.scheduleEventID == right.scheduleEventID
                && left.type == right.type && left.stepName == right.stepName && left.time == right.time
                && left.stored == right.stored
                && (left.inherited == right.inherited || left.detail == right.detail)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(eventID)
        hasher.combine(type)
        hasher.combine(stored)
    }
}

/// Why a JSON value is no history event.
package struct HistoryEventFault: Error, Hashable, CustomStringConvertible {
    package let reason: String

    package init(reason: String) { self.reason = reason }

    package var description: String { "not a history event: \(reason)" }
}
