import FlowEngineAPI
import Primitives
import RPCProtocol
import Testing

@testable import FnfctlCommands

@Suite struct SearchVerbTests {
    private static let open = FoundExecution.with {
        $0.flowName = "Demo"
        $0.name = "o-1"
        $0.status = "Running"
        $0.startedTime = "2026-11-23T09:29:00.000Z"
        $0.durationMs = 60_000
        $0.openSteps = 2
        $0.steps = [
            .with {
                $0.stepName = "payment"
                $0.state = "waitingForCallback"
                $0.since = "2026-11-23T09:29:01.000Z"
                $0.deadline = "2026-11-23T09:34:00.000Z"
            }
        ]
    }

    private static let failed = FoundExecution.with {
        $0.flowName = "Demo"
        $0.name = "o-2"
        $0.status = "Failed"
        $0.startedTime = "2026-11-23T09:00:00.000Z"
        $0.stoppedTime = "2026-11-23T09:00:01.500Z"
        $0.durationMs = 1_500
        $0.error = "OutOfStock"
    }

    /// Two pages over the index, then one that has looked into payloads.
    private func engine(_ seen: Seen<SearchExecutions.Params>) -> HandlerTable {
        var table = HandlerTable()
        table.on(SearchExecutions.self) { params, _ in
            seen.note(params)
            return .with {
                switch params.nextToken {
                case nil: ($0.executions, $0.nextToken) = ([Self.open], "7")
                case "7": ($0.executions, $0.nextToken) = ([], "payload-all")
                default: $0.executions = [Self.failed]
                }
            }
        }
        return table
    }

    @Test func `search passes every filter and follows the pages of the index`() async throws {
        let seen = Seen<SearchExecutions.Params>()
        let stage = Stage([.flowEngine: engine(seen)])
        #expect(
            await stage.run(
                "fnfctl execution search beef --flow Demo --status Running --status Failed --step payment "
                    + "--condition waitingForCallback --older-than 1m --label order=o-1 --limit 5 -o json")
                == .ok)
        #expect(seen.all.count == 2)
        let params = try #require(seen.all.first)
        #expect(params.text == "beef" && params.flowName == "Demo" && params.stepName == "payment")
        #expect(params.statuses == ["Running", "Failed"] && params.condition == "waitingForCallback")
        #expect(params.olderThanSeconds == 60 && params.labelName == "order" && params.labelValue == "o-1")
        #expect(params.limit == 5)
        #expect(stage.outJSON?["Executions"]?.arrayValue?.count == 1)
    }

    @Test func `payloads are read when they are asked for`() async throws {
        let seen = Seen<SearchExecutions.Params>()
        let stage = Stage([.flowEngine: engine(seen)])
        #expect(await stage.run("fnfctl execution search beef --payloads") == .ok)
        #expect(seen.all.map(\.nextToken) == [nil, "7", "payload-all"])
        #expect(stage.out.contains("payment, a callback, until in 4 min, and 1 more"))
        #expect(stage.out.contains("OutOfStock") && stage.out.contains("1.5 s"))
        #expect(await stage.run("fnfctl execution search --payloads") == .usage)
        #expect(await stage.run("fnfctl execution search --condition idle") == .usage)
    }

    @Test func `count shows the sums, the oldest wait and a row for each flow`() async {
        var table = HandlerTable()
        table.on(CountExecutions.self) { _, _ in CountExecutions.exampleResult }
        let stage = Stage([.flowEngine: table])
        #expect(await stage.run("fnfctl execution count") == .ok)
        #expect(stage.out.contains("1: 1 wait for a callback, 0 retry, 0 deliver"))
        #expect(stage.out.contains("Greeting run-1, step ask"))
        #expect(stage.out.contains("Timed out"))
        let json = Stage([.flowEngine: table])
        #expect(await json.run("fnfctl execution count -o json") == .ok)
        #expect(json.outJSON?["Summary"]?["Running"] == 1)
        #expect(await json.run("fnfctl execution count --watch --flow Greeting") == .usage)
    }

    @Test func `count --watch prints a line for each change`() async {
        var table = HandlerTable()
        table.on(stream: WatchActivity.self) { (_, _, sink) async throws(RPCError) in
            try sink.send(WatchActivity.exampleItem)
            try sink.send(WatchActivity.exampleItem)
            return NoFields()
        }
        let stage = Stage([.flowEngine: table])
        #expect(await stage.run("fnfctl execution count --watch -o json") == .ok)
        #expect(stage.out.split(separator: "\n").count == 2)
    }

    @Test func `waiting shows since when and until when, and its names are tokens`() async throws {
        var table = HandlerTable()
        let seen = Seen<ListWaitingTasks.Params>()
        table.on(ListWaitingTasks.self) { params, _ in
            seen.note(params)
            var result = ListWaitingTasks.exampleResult
            result.tasks[0].taskToken = "tOkEn"
            return result
        }
        let stage = Stage([.flowEngine: table])
        #expect(await stage.run("fnfctl task waiting --flow Greeting --step ask --resource acs") == .ok)
        #expect(stage.out.contains("run-1") && stage.out.contains("in 10 min"))
        let params = try #require(seen.all.first)
        #expect(params.flowName == "Greeting" && params.stepName == "ask" && params.resource == "acs")
        let names = Stage([.flowEngine: table])
        #expect(await names.run("fnfctl task waiting -o name") == .ok)
        #expect(names.out == "tOkEn\n")
    }

    @Test func `stop takes several names, tells each outcome, and fails when one was refused`() async {
        var table = HandlerTable()
        let seen = Seen<StopExecutions.Params>()
        table.on(StopExecutions.self) { params, _ in
            seen.note(params)
            return .with {
                $0.items = params.executions.map { execution in
                    .with {
                        $0.flowName = execution.flowName
                        $0.executionName = execution.executionName
                        $0.outcome = execution.executionName == "none" ? "refused" : "stopped"
                    }
                }
            }
        }
        let stage = Stage([.flowEngine: table])
        #expect(await stage.run("fnfctl execution stop Demo a b --cause closed -o name") == .ok)
        #expect(stage.out == "a\nb\n" && seen.all.first?.cause == "closed")
        #expect(await stage.run("fnfctl execution stop Demo a none") == .failed)
        #expect(stage.err.contains("1 of 2 executions were not stopped"))
        let many = (0..<250).map { "n\($0)" }.joined(separator: " ")
        #expect(await stage.run("fnfctl execution stop Demo \(many)") == .ok)
        #expect(seen.all.suffix(3).map(\.executions.count) == [100, 100, 50])
    }

    @Test func `engine show has latencies, queues and the disk`() async {
        var table = HandlerTable()
        table.on(DescribeEngine.self) { _, _ in
            var result = DescribeEngine.exampleResult
            result.storage.freeBytes = 5 << 30
            result.topics = [
                .with {
                    $0.topicName = "news"
                    $0.pendingPushes = 4
                }
            ]
            return result
        }
        let stage = Stage([.flowEngine: table])
        #expect(await stage.run("fnfctl engine show") == .ok)
        #expect(stage.out.contains("80 in the last hour, half within 2.1 ms, 99 % within 18.0 ms"))
        #expect(stage.out.contains("5 GiB free") && stage.out.contains("letters"))
        #expect(stage.out.contains("(resources.d)") && stage.out.contains("none in the last hour"))
        let json = Stage([.flowEngine: table])
        #expect(await json.run("fnfctl engine show -o json") == .ok)
        #expect(json.outJSON?["QueuesTotal"] == 1)
    }
}
