package import Primitives

/// One recorded fact of an execution.
///
/// Source: fdl §8.2. The published form (`EventId`, `Time` as text, `EventDetail` as text) is made by the
/// engine's contract; the JSON form here is the one that is stored, which leaves out what an execution's
/// machine derives from the events before: what a step inherits would otherwise be written with each step.
package struct HistoryEvent: Sendable, Hashable {
    /// 1, 2, 3 … within the execution, without gaps.
    package let eventID: Int64
    /// The event that caused this one: the one before it in the same thread of control; 0 for the first.
    package let scheduleEventID: Int64
    package let type: HistoryEventType
    /// Empty for the events of the execution itself.
    package let stepName: String
    package let time: Timestamp
    package let detail: JSONObject
    /// The part of `detail` that is written. Of an event that was read it is all there is, until a machine
    /// has completed it.
    package let stored: JSONObject

    /// - Parameter stored: nil: all of `detail`.
    package init(
        eventID: Int64, scheduleEventID: Int64, type: HistoryEventType, stepName: String, time: Timestamp,
        detail: JSONObject, stored: JSONObject? = nil
    ) {
        self.eventID = eventID
        self.scheduleEventID = scheduleEventID
        self.type = type
        self.stepName = stepName
        self.time = time
        self.detail = detail
        self.stored = stored ?? detail
    }
}

/// Why a JSON value is no history event.
package struct HistoryEventFault: Error, Hashable, CustomStringConvertible {
    package let reason: String

    package init(reason: String) { self.reason = reason }

    package var description: String { "not a history event: \(reason)" }
}
