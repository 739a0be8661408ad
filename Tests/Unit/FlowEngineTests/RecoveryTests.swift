import FlowEngineAPI
import FlowStore
import FlowStoreSQLite
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

@Suite(.timeLimit(.minutes(1))) struct RecoveryTests {
    @Test func `a call without answer is made again after a restart, with the same token`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.work())
        test.services.shop.way = .down
        try await test.begin()
        let token = try #require(try await test.openTasks().first?.taskToken)
        test.services.shop.way = .open
        let next = try await test.restarted()
        #expect(try await next.end().status == "Succeeded")
        #expect(next.services.calls("Work").map(\.task.token) == [token])
    }

    @Test func `a task that was submitted is not sent again`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        try await test.begin()
        let token = try await test.submitted()
        let next = try await test.restarted()
        #expect(try await next.openTasks().first?.state == "waitingForCallback")
        #expect(try await next.openTasks().first?.taskToken == token)
        _ = try await next.succeed(token, #"{"answer":1}"#)
        #expect(try await next.describe().status == "Succeeded")
        #expect(next.services.calls("Ask").count == 1)
    }

    @Test func `a deadline that passed while the engine was away is met at once`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        try await test.begin()
        _ = try await test.submitted()
        await test.engine.abandon()
        await test.loop.advance(by: .seconds(301))
        let next = try await test.restarted()
        #expect(try await next.end().error == "FnF.TaskTimeout")
    }

    @Test func `a deadline that is still to come is armed again`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.wait)
        try await test.begin()
        let next = try await test.restarted()
        await test.loop.advance(by: .seconds(59))
        #expect(try await next.describe().status == "Running")
        await test.loop.advance(by: .seconds(1))
        #expect(try await next.end().status == "Succeeded")
    }

    @Test func `the definition in force at the start stays in force`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        try await test.begin()
        let token = try await test.submitted()
        _ = try await test.door(.admin).call(
            UpdateFlow.self,
            .with {
                $0.name = "Demo"
                $0.definition = Definitions.pass
            })
        let next = try await test.restarted()
        _ = try await next.succeed(token, #"{"answer":1}"#)
        let record = try await next.describe()
        #expect(record.status == "Succeeded" && record.flowDefinition == Definitions.ask)
        #expect(try await next.begin("other").flowDefinition == Definitions.pass)
    }

    @Test func `killed at each commit an execution ends the same`() async throws {
        for commits in 1...6 {
            let folder = try TemporaryFolder()
            let store = FaultyStore(try SQLiteStore(path: "\(folder.path)/e.sqlite"))
            let test = try await EngineUnderTest(store)
            try await test.apply(Definitions.askThenWork)
            try await test.begin()
            await test.loop.until { store.commits >= min(commits, 2) }
            if commits > 2 {
                _ = try await test.succeed(try await test.submitted(), #"{"answer":1}"#, key: "k")
                await test.loop.until { store.commits >= min(commits, 4) }
            }
            let image = try folder.crashImage()
            let next = try await test.restarted(on: try SQLiteStore(path: "\(image.path)/e.sqlite"))
            let token = try await next.submitted()
            _ = try? await next.succeed(token, #"{"answer":1}"#, key: "k")
            #expect(try await next.end().output == #"{"answer":1}"#)
            let types = try await next.history().map(\.type)
            #expect(types.filter { $0 == "TaskSucceeded" }.count == 2)
            #expect(types.last == "ExecutionSucceeded")
            #expect(Set(next.services.calls("Work").map(\.key)).count == 1)
        }
    }

    @Test func `the index on disk follows, and can be made again from the journal`() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: "\(folder.path)/e.sqlite")
        let test = try await EngineUnderTest(store)
        try await test.apply(Definitions.pass)
        try await test.apply(Definitions.ask, as: "Other")
        for number in 0..<5 {
            try await test.begin("run-\(number)")
            try await test.begin("ask-\(number)", flow: "Other", labels: ["order": .string("o-\(number)")])
        }
        #expect(try store.lowWaterMark() == 0)
        await test.loop.advance(by: .seconds(2))
        await test.loop.advance(by: .seconds(2))
        #expect(try store.lowWaterMark() == store.lastSequence())
        let filters = [ExecutionFilter(flow: 1), ExecutionFilter(flow: 2)]
        let grown = try filters.map { try store.entries($0, before: .max, limit: 100) }
        #expect(grown.map(\.count) == [5, 5])
        try store.forgetIndex()
        var rebuilt = ExecutionIndex(table: store)
        _ = try rebuilt.takeInTail(of: store)
        #expect(try filters.map { try rebuilt.entries($0, before: .max, limit: 100) } == grown)
    }

    @Test func `a clean stop leaves nothing to read at the next start`() async throws {
        let folder = try TemporaryFolder()
        let test = try await EngineUnderTest(try SQLiteStore(path: "\(folder.path)/e.sqlite"))
        try await test.apply(Definitions.ask)
        try await test.begin()
        let token = try await test.submitted()
        await test.engine.drain()
        let store = try SQLiteStore(path: "\(folder.path)/e.sqlite")
        #expect(try store.lowWaterMark() == store.lastSequence())
        let next = try await EngineUnderTest(store, services: test.services, loop: test.loop)
        _ = try await next.succeed(token, #"{"answer":1}"#)
        #expect(try await next.describe().status == "Succeeded")
    }

    @Test func `nothing is armed when nothing is waited for`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.begin()
        #expect(await !test.engine.isIdle)
        await test.loop.advance(by: .seconds(2))
        await test.loop.advance(by: .seconds(2))
        #expect(test.loop.armed.isEmpty)
        #expect(await test.engine.isIdle)
    }

    @Test func `executions that were let go are read again when they are touched`() async throws {
        var settings = FlowEngineSettings()
        settings.residentMax = 8
        settings.endedResidentMax = 2
        let test = try await EngineUnderTest(settings: settings)
        try await test.apply(Definitions.ask)
        for number in 0..<40 { try await test.begin("run-\(number)", input: #"{"order":\#(number)}"#) }
        let services = test.services
        await test.loop.until { services.calls("Ask").count == 40 }
        #expect(await test.engine.residentCount <= 11)
        for call in services.calls("Ask") { _ = try await test.succeed(call.task.token, #"{"answer":1}"#) }
        for number in 0..<40 { #expect(try await test.end("run-\(number)").status == "Succeeded") }
        #expect(await test.engine.residentCount <= 11)
    }

    @Test func `more starts in one turn than machines may be in memory are all answered, and go on`()
        async throws
    {
        var settings = FlowEngineSettings()
        settings.residentMax = 8
        settings.endedResidentMax = 2
        let test = try await EngineUnderTest(settings: settings)
        try await test.apply(Definitions.ask)
        // None of them is on disk when the next is made, so none may be let go.
        _ = try await test.loop.together(
            (0..<40).map { number in { try await test.begin("run-\(number)") } })
        let services = test.services
        await test.loop.until { services.calls("Ask").count == 40 }
        for call in services.calls("Ask") { _ = try await test.succeed(call.task.token, #"{"answer":1}"#) }
        for number in 0..<40 { #expect(try await test.end("run-\(number)").status == "Succeeded") }
    }
}

extension EngineUnderTest {
    /// The token of the asked task, once its submission is on disk.
    func submitted(_ name: String = "run") async throws -> String {
        let engine = engine
        await loop.until { engine.assumeIsolated { $0.dispatcher.isEmpty && $0.staged.isEmpty } }
        let calls = services.calls("Ask")
        guard let call = calls.last(where: { $0.task.execution == name }) else {
            throw RPCError(.internalFault, "the task was not sent")
        }
        return call.task.token
    }
}

extension FlowEngineService {
    var residentCount: Int { registry.count }
}
