import FlowModel
import FlowParsing
import FlowSimulation
import Foundation
import Primitives
import RPCTransport
import Synchronization
import Testing

@testable import ExecutionPages
@testable import FnfctlCommands

/// An export is a test that passes: `fnfctl flow test` itself runs it.
struct ExportTests {
    private func test(_ file: String) async -> (status: CommandStatus, said: String) {
        let said = Mutex("")
        let session = Session(
            terminal: .plain, errorTerminal: .plain, write: { text in said.withLock { $0 += text } },
            tell: { text in said.withLock { $0 += text } },
            connect: { SocketCaller(path: $0, connectPatience: $1) })
        let status = await Program.run(["flow", "test", file], in: session)
        return (status, said.withLock { $0 })
    }

    /// Writes both files as a browser saves them, and runs the test.
    private func check(_ run: RandomRun) async throws -> (text: String, said: String, status: CommandStatus) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let story = ExecutionStory(run.definition, run.outcome.events)
        let text = TestCaseExport(story, flow: "f", execution: "e", input: run.input).text
        let file = folder.appendingPathComponent("e.test.yaml")
        try run.text.write(to: folder.appendingPathComponent("f.yaml"), atomically: true, encoding: .utf8)
        try text.write(to: file, atomically: true, encoding: .utf8)
        let result = await test(file.path)
        return (text, result.said, result.status)
    }

    @Test func `random executions, exported, pass the flow's test`() async throws {
        var ends: [ExecutionStatus: Int] = [:]
        var whole = 0
        for run in StoryTests.runs where run.outcome.status.isTerminal {
            let (text, said, status) = try await check(run)
            #expect(status == .ok, "\(said)\n\(text)\n\(run.text)")
            ends[run.outcome.status, default: 0] += 1
            if !text.contains("# Not expected") { whole += 1 }
        }
        #expect(ends.keys.count == 4, "\(ends)")
        let count = ends.values.reduce(0, +)
        #expect(whole * 10 >= count * 9, "\(whole) of \(count) are brought about whole")
    }

    @Test func `texts that YAML would read otherwise stay what they are`() async throws {
        let text = """
            {"version":"v1","type":"flow","steps":[{"type":"task","name":"t",
            "resourceArn":"acs:fc:::services/s/functions/f"}]}
            """
        let strange: JSONObject = [
            "a: b": "yes", "-": "# no comment", "q": "\"quoted\\\" {}[]", "n": "1e3", "u": "\u{2028}\u{85}é",
            "lines": "one\ntwo\n", "null": nil, "deep": [[["x": 1.5e300]]],
        ]
        let run = try #require(RandomRun(text, input: strange, result: strange))
        let (exported, said, status) = try await check(run)
        #expect(status == .ok, "\(said)\n\(exported)")
        #expect(!exported.contains("# Not expected"))
    }
}

extension RandomRun {
    /// A run whose only task gives this result, after a failure if there is one.
    init?(_ text: String, input: JSONObject, failure: FlowFailure? = nil, result: JSONObject) {
        guard let definition = FlowParser.parse(text).definition else { return nil }
        let failed = failure.map { [MockAnswer(.failure($0), after: .seconds(3))] } ?? []
        let mock = Mock(sequence: failed + [MockAnswer(.result(.object(result)))])
        var simulation = Simulation(
            definition, tasks: MockedTasks(Mocks(fallback: mock)), flow: "f", execution: "e")
        self.init(definition, text, input, simulation.run(input: input))
    }
}
