import Linearizability
import Testing

private typealias Record = CallRecord<ExecutionModel.Call, ExecutionModel.Answer>
private typealias Check = LinearizabilityCheck<ExecutionModel>

private func record(
    _ begin: Int64, _ end: Int64?, _ call: ExecutionModel.Call, _ answer: ExecutionModel.Answer?
) -> Record {
    Record(client: 0, begin: begin, end: end, call: call, answer: answer)
}

private let started = ExecutionModel.Answer.record(status: "Running", input: "a")

private func isPossible(_ history: [Record]) -> Bool {
    Check(ExecutionModel(), history).verdict == .linearizable
}

@Suite struct RightHistoryTests {
    @Test func `calls one after the other`() {
        #expect(
            isPossible([
                record(0, 1, .describe, .notExists), record(2, 3, .start(input: "a"), started),
                record(4, 5, .start(input: "b"), started),
                record(6, 7, .report(isSuccess: true, key: "k"), .accepted(event: 6)),
                record(8, 9, .report(isSuccess: true, key: "k"), .accepted(event: 6)),
                record(10, 11, .report(isSuccess: true, key: "other"), .alreadyCompleted),
                record(12, 13, .stop, .alreadyCompleted),
                record(14, 15, .describe, .record(status: "Succeeded", input: "a")),
                record(16, 17, .start(input: "c"), .alreadyExists(input: "a")),
            ]))
    }

    @Test func `calls that overlap may have come in any order`() {
        #expect(
            isPossible([
                record(0, 10, .start(input: "a"), started), record(1, 2, .describe, .notExists),
                record(3, 4, .describe, started),
                record(5, 20, .report(isSuccess: true, key: "k"), .alreadyCompleted),
                record(5, 20, .stop, .record(status: "Stopped", input: "a")),
            ]))
    }

    @Test func `what was not answered happened at any time, or never`() {
        let lost = record(2, nil, .report(isSuccess: true, key: "k"), nil)
        let start = record(0, 1, .start(input: "a"), started)
        #expect(isPossible([start, lost, record(5, 6, .describe, started)]))
        #expect(isPossible([start, lost, record(5, 6, .describe, .record(status: "Succeeded", input: "a"))]))
        #expect(
            isPossible([
                start, lost, record(5, 6, .describe, started),
                record(7, 8, .report(isSuccess: true, key: "k"), .accepted(event: 6)),
            ]))
    }
}

@Suite struct WrongHistoryTests {
    private func expectImpossible(_ history: [Record]) {
        #expect(!isPossible(history))
    }

    private let start = record(0, 1, .start(input: "a"), started)

    @Test func `a token that is accepted twice`() {
        expectImpossible([
            start, record(2, 3, .report(isSuccess: true, key: "one"), .accepted(event: 6)),
            record(2, 3, .report(isSuccess: true, key: "two"), .accepted(event: 7)),
        ])
        expectImpossible([
            start, record(2, 3, .report(isSuccess: true, key: "k"), .accepted(event: 6)),
            record(4, 5, .report(isSuccess: true, key: "k"), .accepted(event: 9)),
        ])
        expectImpossible([
            start, record(2, 3, .report(isSuccess: true, key: "k"), .accepted(event: 6)),
            record(4, 5, .report(isSuccess: false, key: "k"), .accepted(event: 6)),
        ])
    }

    @Test func `an acknowledged start that is lost`() {
        expectImpossible([start, record(2, 3, .describe, .notExists)])
    }

    @Test func `two starts that both made the execution`() {
        expectImpossible([
            record(0, 9, .start(input: "a"), started),
            record(0, 9, .start(input: "b"), .record(status: "Running", input: "b")),
        ])
    }

    @Test func `a read that goes back in time`() {
        expectImpossible([
            start, record(2, 9, .report(isSuccess: true, key: "k"), .accepted(event: 6)),
            record(3, 4, .describe, .record(status: "Succeeded", input: "a")),
            record(5, 6, .describe, started),
        ])
    }

    @Test func `a state that nobody asked for`() {
        expectImpossible([start, record(2, 3, .describe, .record(status: "Failed", input: "a"))])
        expectImpossible([start, record(2, 3, .report(isSuccess: true, key: "k"), .alreadyCompleted)])
        expectImpossible([record(0, 1, .stop, .record(status: "Stopped", input: "a"))])
    }

    @Test func `a stop and a report that both succeeded`() {
        expectImpossible([
            start, record(2, 9, .stop, .record(status: "Stopped", input: "a")),
            record(2, 9, .report(isSuccess: true, key: "k"), .accepted(event: 6)),
        ])
    }

    @Test func `an acknowledged report that is lost`() {
        expectImpossible([
            start, record(2, 3, .report(isSuccess: true, key: "one"), .accepted(event: 6)),
            record(4, 5, .report(isSuccess: true, key: "two"), .accepted(event: 6)),
        ])
        expectImpossible([
            start, record(2, 3, .report(isSuccess: true, key: "one"), .accepted(event: 6)),
            record(4, 5, .describe, started),
        ])
    }

    @Test func `the calls that fit are told`() {
        let verdict = Check(
            ExecutionModel(),
            [start, record(2, 3, .describe, started), record(4, 5, .describe, .notExists)]
        ).verdict
        #expect(verdict == .impossible(longest: [0, 1]))
    }
}
