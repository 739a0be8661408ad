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

    @Test func `a first row of version 2 reads and writes as released`() throws {
        let text =
            #"{"deadline":1763892900000000,"events":[[17,{"input":{"a":"ü"}}]],"first":1,"#
            + #""start":{"definition":"abc","flow":3,"flowName":"F","labels":{"order":"o-1"},"name":"run"},"#
            + #""time":1763892600000000,"undelivered":true,"v":2}"#
        let body = TransitionBody(
            start: ExecutionStart(
                flow: 3, flowName: "F", name: "run", definition: "abc", labels: ["order": "o-1"]),
            events: [event], deadline: Timestamp(microseconds: 1_763_892_900_000_000), hasUndelivered: true)
        #expect(String(decoding: body.encoded, as: UTF8.self) == text)
        #expect(try TransitionBody(row: row(text)) == body)
    }

    @Test func `a later row of version 2 reads and writes as released`() throws {
        let text = #"{"events":[[17,{"input":{"a":"ü"}}]],"first":1,"time":1763892600000000,"v":2}"#
        let body = TransitionBody(events: [event])
        #expect(String(decoding: body.encoded, as: UTF8.self) == text)
        #expect(try TransitionBody(row: row(text)) == body)
    }

    @Test(arguments: [
        "", "{", "[]", #"{"events":[]}"#, #"{"v":3,"events":[]}"#, #"{"v":1,"events":[]}"#, #"{"v":2}"#,
        #"{"v":2,"events":[{}],"first":1,"time":1}"#, #"{"v":2,"events":[[17]],"time":1}"#,
        #"{"v":2,"events":[[17]],"first":1}"#, #"{"v":2,"events":[[17]],"first":0,"time":1}"#,
        #"{"v":2,"events":[],"start":{}}"#,
    ])
    func `what is no row is refused with its place`(_ text: String) {
        let error = #expect(throws: StoreError.self) { try TransitionBody(row: row(text)) }
        #expect(error?.description.contains("row 7 of the journal") == true)
    }
}
