package import Primitives

/// The events of one transition as they are stored: what the one before says is not said again, because a
/// journal is mostly events.
///
/// Shape: an array for each event, of which only the code must be there:
/// `[code, "step", {detail}, cause, time]`. The code is the type's; without a step it is that of the event
/// before (events of the execution have none); without a cause it is the event before; without a time it is
/// that event's time, and who has a time has a cause. Number and time of the first stand beside the array.
/// Units: microseconds.
package enum StoredEvents {
    /// - Parameter events: whose numbers follow each other.
    package static func write(_ events: [HistoryEvent], into buffer: inout [UInt8]) {
        guard let first = events.first else { return JSONWriter.write(raw: "[]", into: &buffer) }
        var (id, step, time) = (first.eventID, "", first.time)
        var separator = UInt8(ascii: "[")
        for event in events {
            precondition(event.eventID == id, "the events of a transition follow each other")
            buffer.append(separator)
            buffer.append(UInt8(ascii: "["))
            JSONWriter.write(event.type.code, into: &buffer)
            if !event.type.isOfExecution, !event.stepName.utf8Equals(step) {
                step = event.stepName
                buffer.append(UInt8(ascii: ","))
                JSONWriter.write(step, into: &buffer)
            }
            if !event.stored.isEmpty {
                buffer.append(UInt8(ascii: ","))
                JSONWriter.write(.object(event.stored), into: &buffer)
            }
            if event.scheduleEventID != id - 1 || event.time != time {
                buffer.append(UInt8(ascii: ","))
                JSONWriter.write(event.scheduleEventID, into: &buffer)
            }
            if event.time != time {
                time = event.time
                buffer.append(UInt8(ascii: ","))
                JSONWriter.write(time.microseconds, into: &buffer)
            }
            buffer.append(UInt8(ascii: "]"))
            separator = UInt8(ascii: ",")
            id += 1
        }
        buffer.append(UInt8(ascii: "]"))
    }

    /// - Parameter first: the number of the first event.
    /// - Parameter time: its time.
    package static func read(
        _ items: [JSONValue], first: Int64, time: Timestamp
    ) throws(HistoryEventFault) -> [HistoryEvent] {
        var events: [HistoryEvent] = []
        events.reserveCapacity(items.count)
        var before = (step: "", time: time)
        for (index, item) in items.enumerated() {
            guard let parts = item.arrayValue else {
                throw HistoryEventFault(reason: "expected an array, found \(item.kind)")
            }
            let event = try Self.event(parts, first + Int64(index), &before)
            events.append(event)
        }
        return events
    }

    private static func event(
        _ parts: [JSONValue], _ id: Int64, _ before: inout (step: String, time: Timestamp)
    ) throws(HistoryEventFault) -> HistoryEvent {
        guard let code = parts.first?.integerValue else {
            throw HistoryEventFault(reason: "event \(id) does not begin with a number")
        }
        guard let type = HistoryEventType(code: code) else {
            throw HistoryEventFault(reason: "event \(id) has the unknown type \(code)")
        }
        var rest = parts.dropFirst()
        if let step = rest.first?.stringValue {
            before.step = step
            rest.removeFirst()
        }
        var detail = JSONObject()
        if let object = rest.first?.objectValue {
            detail = object
            rest.removeFirst()
        }
        // What is no number here is neither a step nor a detail in its place.
        let numbers = rest.compactMap(\.integerValue)
        guard numbers.count == rest.count, numbers.count <= 2 else {
            throw HistoryEventFault(reason: "event \(id) has a part that is none of its own")
        }
        if numbers.count == 2 { before.time = Timestamp(microseconds: numbers[1]) }
        return HistoryEvent(
            eventID: id, scheduleEventID: numbers.first ?? id - 1, type: type,
            stepName: type.isOfExecution ? "" : before.step, time: before.time, detail: detail)
    }
}
