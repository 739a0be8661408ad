import FlowEngineAPI
import FlowStore
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

@Suite(.timeLimit(.minutes(1))) struct SearchTests {
    private func search(
        _ test: EngineUnderTest, _ edit: (inout SearchExecutions.Params) -> Void
    ) async throws -> SearchExecutions.Result {
        var params = SearchExecutions.Params()
        edit(&params)
        return try await test.client.call(SearchExecutions.self, params)
    }

    /// Page after page until there are no more.
    private func all(
        _ test: EngineUnderTest, _ edit: (inout SearchExecutions.Params) -> Void
    ) async throws -> [FoundExecution] {
        var found: [FoundExecution] = []
        var token: String?
        repeat {
            let page = try await search(test) { params in
                edit(&params)
                params.nextToken = token
            }
            found += page.executions
            token = page.nextToken
        } while token != nil
        return found
    }

    @Test func `executions of all flows are found, newest first, with what they wait for`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.apply(Definitions.ask, as: "Other")
        try await test.begin("done", labels: ["order": "o-1"])
        try await test.begin("open", flow: "Other")
        let engine = test.engine
        await test.loop.until {
            engine.assumeIsolated { $0.index.board.counts.waitingForCallback == 1 }
        }
        let page = try await search(test) { _ in }
        #expect(page.executions.map(\.name) == ["open", "done"] && page.nextToken == nil)
        let open = page.executions[0]
        #expect(open.flowName == "Other" && open.status == "Running" && open.openSteps == 1)
        let step = try #require(open.steps.first)
        #expect(step.stepName == "ask" && step.state == "waitingForCallback" && step.attempt == 0)
        #expect(step.resourceArn == "acs:mns:::/topics/ask/messages" && step.deadline != nil)
        let done = page.executions[1]
        #expect(done.status == "Succeeded" && done.steps.isEmpty && done.labels == ["order": "o-1"])
        #expect(!done.stoppedTime.isEmpty)
        let waiting = try await search(test) {
            $0.condition = "waitingForCallback"
            $0.stepName = "ask"
            $0.flowName = "Other"
        }
        #expect(waiting.executions.map(\.name) == ["open"])
        #expect(try await search(test) { $0.condition = "retrying" }.executions.isEmpty)
    }

    @Test func `a text is found in names and labels first, then in input and output`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.begin("by-input", input: #"{"goods":"Lotus \"root\"","order":"x"}"#)
        try await test.begin("by-label", input: #"{"order":"lotus"}"#, labels: ["goods": "a lotus"])
        try await test.begin("lotus")
        try await test.begin("none")
        let found = try await all(test) { $0.text = "LOTUS" }
        #expect(found.map(\.name) == ["lotus", "by-label", "by-input"])
        #expect(found.map(\.matchedIn) == ["name", "label", "input"])
        let first = try await search(test) { $0.text = "lotus" }
        #expect(first.isInPayloads == false && first.nextToken != nil)
        #expect(try await all(test) { $0.text = #"Lotus \"root"# }.map(\.name) == ["by-input"])
        let byOutput = try await all(test) { $0.text = #""greeting":"HELLO""# }
        #expect(byOutput.map(\.matchedIn) == Array(repeating: "output", count: 4))
        #expect(try await all(test) { $0.text = "stepName" }.isEmpty)
    }

    @Test func `pages go on where they stopped, whatever bound stopped them`() async throws {
        var settings = FlowEngineSettings()
        settings.searchBatch = 4
        settings.searchExaminedMax = 9
        settings.searchPayloadsMax = 3
        settings.indexBatch = 8
        let test = try await EngineUnderTest(settings: settings)
        try await test.apply(Definitions.pass)
        for number in 0..<40 {
            try await test.begin("run-\(number)", input: #"{"n":"item-\#(number % 4)"}"#)
        }
        let names = (0..<40).reversed().map { "run-\($0)" }
        #expect(try await all(test) { $0.limit = 7 }.map(\.name) == names)
        #expect(
            try await all(test) { $0.text = "run-1" }.map(\.name) == names.filter { $0.hasPrefix("run-1") })
        let payload = try await all(test) {
            $0.text = "ITEM-3"
            $0.limit = 2
        }
        #expect(payload.count == 10 && Set(payload.map(\.name)).count == 10)
        #expect(try await all(test) { $0.statuses = ["Failed"] }.isEmpty)
    }

    @Test func `age and labels narrow a search`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.wait)
        try await test.begin("old", labels: ["order": "o-1"])
        await test.loop.advance(by: .seconds(30))
        try await test.begin("new", labels: ["order": "o-2"])
        #expect(try await all(test) { $0.olderThanSeconds = 20 }.map(\.name) == ["old"])
        let byLabel = try await all(test) {
            $0.labelName = "order"
            $0.labelValue = "o-2"
        }
        #expect(byLabel.map(\.name) == ["new"])
        let open = try await search(test) { $0.stepName = "rest" }
        #expect(open.executions.first?.steps.first?.state == "waiting")
        #expect(open.executions.last?.durationMs == 30_000)
    }

    @Test(arguments: [
        (SearchExecutions.Params.with { $0.limit = 101 }, "Limit"),
        (.with { $0.statuses = ["Starting"] }, "Statuses"), (.with { $0.condition = "idle" }, "Condition"),
        (.with { $0.text = String(repeating: "x", count: 201) }, "Text"),
        (.with { $0.labelValue = "x" }, "LabelValue"), (.with { $0.nextToken = "later" }, "NextToken"),
        (.with { $0.nextToken = "payload-5" }, "NextToken"),
        (.with { $0.startedTimeEnd = "soon" }, "StartedTimeEnd"),
        (.with { $0.olderThanSeconds = -1 }, "OlderThanSeconds"), (.with { $0.flowName = "!" }, "FlowName"),
    ]) func `what it can't take is named`(params: SearchExecutions.Params, parameter: String) async throws {
        let test = try await EngineUnderTest()
        let error = await refusal { try await test.client.call(SearchExecutions.self, params) }
        #expect(error?.name == .invalidArgument && error?.details["parameter"] == .string(parameter))
    }
}
