import FlowModel
import Primitives
import Testing

struct HistoryEventTests {
    let event = HistoryEvent(
        eventID: 2, scheduleEventID: 1, type: .stepEntered, stepName: "a \"b\"",
        time: Timestamp(microseconds: 1_763_892_600_123_456), detail: ["input": ["x": 1.5], "local": [:]])

    @Test func `an event reads back from its JSON as it was`() throws {
        #expect(try HistoryEvent(json: event.json) == event)
        var buffer: [UInt8] = []
        event.write(into: &buffer)
        #expect(String(decoding: buffer, as: UTF8.self) == event.json.text)
    }

    @Test func `members of a later release are ignored`() throws {
        guard case .object(var object) = event.json else { return }
        object["later"] = true
        #expect(try HistoryEvent(json: .object(object)) == event)
    }

    @Test(arguments: ["cause", "detail", "id", "step", "time", "type"])
    func `an event without one of its members is refused by name`(key: String) throws {
        guard case .object(var object) = event.json else { return }
        object[key] = nil
        let fault = #expect(throws: HistoryEventFault.self) { try HistoryEvent(json: .object(object)) }
        if key != "type" { #expect(fault?.reason.contains(key) == true) }
    }

    @Test func `there are the 21 published event types and 6 statuses`() {
        #expect(HistoryEventType.allCases.count == 21)
        #expect(
            ExecutionStatus.allCases.map(\.rawValue)
                == ["Starting", "Running", "Stopped", "Succeeded", "Failed", "TimedOut"])
        #expect(HistoryEventType.allCases.filter(\.endsExecution).count == 4)
    }
}
