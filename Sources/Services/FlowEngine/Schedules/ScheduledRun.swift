import FlowModel
import FlowStore
import Primitives

/// The execution that a schedule starts for a due time.
///
/// Name and input follow from the schedule and the due time alone: whatever happens between two attempts,
/// the run is the same, and its name lets it start once.
struct ScheduledRun {
    let name: String
    let input: JSONObject

    init(_ schedule: StoredSchedule, due: Timestamp) {
        let time = due.description
        let digits = time.prefix(19).filter { $0 != "-" && $0 != ":" }
        // `-20261124T010000Z`
        let suffix = "-\(digits)Z"
        var name = schedule.name
        // The longest names are told apart by the id, of which eight letters stay.
        if name.utf8.count + suffix.utf8.count > NameRule.bytesMax {
            let id = "-\(schedule.id.prefix(8))"
            name = name.prefix(NameRule.bytesMax - suffix.utf8.count - id.utf8.count) + id
        }
        self.name = name + suffix
        input = [
            "payload": Self.payload(schedule.payload), "triggerName": .string(schedule.name),
            "triggerTime": .string(time),
        ]
    }

    /// JSON as what it says, any other text as a string; nothing as an empty object, so that flows that look
    /// into it find no other kind of value.
    private static func payload(_ text: String) -> JSONValue {
        if text.isEmpty { return [:] }
        return (try? JSONParser.parse(text)) ?? .string(text)
    }
}
