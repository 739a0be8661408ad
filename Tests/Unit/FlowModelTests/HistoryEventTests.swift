import FlowModel
import Primitives
import Testing

struct HistoryEventTests {
    private func event(
        _ id: Int64, _ type: HistoryEventType, _ step: String = "", cause: Int64? = nil, at: Int64 = 0,
        _ detail: JSONObject = [:]
    ) -> HistoryEvent {
        HistoryEvent(
            eventID: id, scheduleEventID: cause ?? id - 1, type: type, stepName: step,
            time: Timestamp(microseconds: 1_763_892_600_123_456 + at), detail: detail)
    }

    private func read(_ text: String) throws -> [HistoryEvent] {
        try StoredEvents.read(
            try JSONParser.parse(text).arrayValue ?? [], first: 1, time: Timestamp(microseconds: 7))
    }

    @Test func `events are stored without what the one before says, and read back as they were`() throws {
        let events = [
            event(3, .stepEntered, "a \"b\"", ["input": ["x": 1.5], "local": [:]]),
            event(4, .stepStarted, "a \"b\""), event(5, .stepExited, "a \"b\"", cause: 3),
            event(6, .stepEntered, "c"), event(7, .taskScheduled, "c", at: 5, ["attempt": 0]),
            event(8, .taskStarted, "c", at: 5), event(9, .executionSucceeded, at: 5),
            event(10, .stepEntered, "", cause: 2, at: 4),
        ]
        var buffer: [UInt8] = []
        StoredEvents.write(events, into: &buffer)
        let text = String(decoding: buffer, as: UTF8.self)
        #expect(
            text == #"[[1,"a \"b\"",{"input":{"x":1.5},"local":{}}],[2],[5,3],[1,"c"],"#
                + #"[10,{"attempt":0},6,1763892600123461],[11],[19],[1,"",2,1763892600123460]]"#)
        let items = try JSONParser.parse(text).arrayValue ?? []
        #expect(try StoredEvents.read(items, first: 3, time: events[0].time) == events)
    }

    @Test(arguments: [
        "{}", "[]", #"["a"]"#, "[0]", "[22]", "[-1]", #"[1,{},"a"]"#, #"[1,"a",{},1,2,3]"#, "[1,null]",
        "[1,1.5]", #"[1,1,"a"]"#, "[1,[]]",
    ])
    func `what is no stored event is refused`(_ item: String) {
        #expect(throws: HistoryEventFault.self) { try read("[\(item)]") }
    }

    @Test func `each type has a number of its own, for ever`() {
        #expect(HistoryEventType.allCases.map(\.code).sorted() == Array(1...21))
        for type in HistoryEventType.allCases { #expect(HistoryEventType(code: type.code) == type) }
        #expect(
            HistoryEventType.allCases.filter(\.isOfExecution).map(\.rawValue).allSatisfy {
                $0.hasPrefix("Execution")
            })
    }

    @Test func `there are the 21 published event types and 6 statuses`() {
        #expect(HistoryEventType.allCases.count == 21)
        #expect(
            ExecutionStatus.allCases.map(\.rawValue)
                == ["Starting", "Running", "Stopped", "Succeeded", "Failed", "TimedOut"])
        #expect(HistoryEventType.allCases.filter(\.endsExecution).count == 4)
    }
}
