package import Primitives

/// One recorded fact of an execution.
///
/// Source: fdl §8.2. The published form (`EventId`, `Time` as text, `EventDetail` as text) is made by the
/// engine's contract; the JSON form here is the one that is stored.
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

    package init(
        eventID: Int64, scheduleEventID: Int64, type: HistoryEventType, stepName: String, time: Timestamp,
        detail: JSONObject
    ) {
        self.eventID = eventID
        self.scheduleEventID = scheduleEventID
        self.type = type
        self.stepName = stepName
        self.time = time
        self.detail = detail
    }
}

/// Why a JSON value is no history event.
package struct HistoryEventFault: Error, Hashable, CustomStringConvertible {
    package let reason: String

    package init(reason: String) { self.reason = reason }

    package var description: String { "not a history event: \(reason)" }
}
