import FlowModel
import FlowStore
import Primitives
import Testing

@Suite struct TransitionBodyTests {
    private let event = HistoryEvent(
        eventID: 1, scheduleEventID: 0, type: .executionStarted, stepName: "",
        time: Timestamp(microseconds: 1_763_892_600_000_000), detail: ["input": ["a": "ü"]])

    private func row(_ text: String) -> JournalRow {
        JournalRow(sequence: 7, execution: 7, previous: 0, kind: .starts, body: Array(text.utf8))
    }

    @Test func `a first row of version 1 reads and writes as released`() throws {
        let text =
            #"{"deadline":1763892900000000,"events":[{"cause":0,"detail":{"input":{"a":"ü"}},"id":1,"#
            + #""step":"","#
            + #""time":1763892600000000,"type":"ExecutionStarted"}],"start":{"definition":"abc","flow":3,"#
            + #""flowName":"F","labels":{"order":"o-1"},"name":"run"},"undelivered":true,"v":1}"#
        let body = TransitionBody(
            start: ExecutionStart(
                flow: 3, flowName: "F", name: "run", definition: "abc", labels: ["order": "o-1"]),
            events: [event], deadline: Timestamp(microseconds: 1_763_892_900_000_000), hasUndelivered: true)
        #expect(String(decoding: body.encoded, as: UTF8.self) == text)
        #expect(try TransitionBody(row: row(text)) == body)
    }

    @Test func `a later row of version 1 reads and writes as released`() throws {
        let text =
            #"{"events":[{"cause":0,"detail":{"input":{"a":"ü"}},"id":1,"step":"","time":1763892600000000,"#
            + #""type":"ExecutionStarted"}],"v":1}"#
        let body = TransitionBody(events: [event])
        #expect(String(decoding: body.encoded, as: UTF8.self) == text)
        #expect(try TransitionBody(row: row(text)) == body)
    }

    @Test(arguments: [
        "", "{", "[]", #"{"events":[]}"#, #"{"v":2,"events":[]}"#, #"{"v":1}"#, #"{"v":1,"events":[{}]}"#,
        #"{"v":1,"events":[],"start":{}}"#,
    ])
    func `what is no row is refused with its place`(_ text: String) {
        let error = #expect(throws: StoreError.self) { try TransitionBody(row: row(text)) }
        #expect(error?.description.contains("row 7 of the journal") == true)
    }
}
