import FlowEngineAPI
import Primitives
import RPCProtocol
import Testing

@testable import FnfctlCommands

@Suite struct ExecutionVerbTests {
    /// An engine with one execution that ends in a given way when somebody waits for it.
    private func engine(ending status: String, waits: Seen<Int64> = Seen()) -> HandlerTable {
        var table = HandlerTable()
        table.on(StartExecution.self) { params, _ in
            .with {
                $0.flowName = params.flowName
                $0.name = params.executionName ?? ""
                $0.input = params.input ?? ""
                $0.status = "Running"
                $0.labels = params.labels
                $0.startedTime = "2026-11-23T09:29:00.000Z"
            }
        }
        table.on(DescribeExecution.self) { (params, _) throws(RPCError) in
            guard params.executionName != "none" else {
                throw RPCError(.executionNotExists, "there is no such execution")
            }
            waits.note(params.waitTimeSeconds ?? -1)
            return .with {
                $0.flowName = params.flowName
                $0.name = params.executionName
                $0.status = params.waitTimeSeconds == nil ? "Running" : status
                $0.startedTime = "2026-11-23T09:29:00.000Z"
                $0.error = status == "Failed" ? "OutOfStock" : nil
            }
        }
        table.on(ListOpenTasks.self) { _, _ in .with { $0.tasks = [Self.openTask] } }
        return table
    }

    static let openTask = OpenTask.with {
        $0.stepName = "payment"
        $0.scheduledEventId = 7
        $0.resourceArn = "acs:mns:::/topics/payment/messages"
        $0.state = "waitingForCallback"
        $0.deadline = "2026-11-23T09:34:10.000Z"
        $0.taskToken = "tOkEn"
    }

    @Test func `start gives a name of its own, and passes input and labels`() async throws {
        let stage = Stage([.flowEngine: engine(ending: "Succeeded")])
        #expect(
            await stage.run("fnfctl execution start F --input '{\"b\": 1}' --label order=o-1 -o json") == .ok)
        let record = try #require(stage.outJSON)
        #expect(record["Name"]?.stringValue?.count == 36)
        #expect(record["Input"] == #"{"b":1}"#)
        #expect(record["Labels"] == ["order": "o-1"])
    }

    @Test func `start refuses input that is no object`() async {
        let stage = Stage([.flowEngine: engine(ending: "Succeeded")])
        #expect(await stage.run("fnfctl execution start F --input '[1]'") == .usage)
        #expect(stage.err.contains("--input must be a JSON object, not an array"))
        #expect(await stage.run("fnfctl execution start F --input nonsense") == .usage)
        #expect(stage.sockets.isEmpty)
    }

    @Test func `start reads the input from a file`() async throws {
        let file = try TemporaryFile(#"{"from":"file"}"#)
        let stage = Stage([.flowEngine: engine(ending: "Succeeded")])
        #expect(await stage.run("fnfctl execution start F --input @\(file.path) -o json") == .ok)
        #expect(stage.outJSON?["Input"] == #"{"from":"file"}"#)
    }

    @Test(arguments: [
        ("Succeeded", CommandStatus.ok), ("Failed", .executionEndedBadly), ("Stopped", .executionEndedBadly),
        ("TimedOut", .executionEndedBadly),
    ]) func `with --wait the end is the exit status`(ending: String, status: CommandStatus) async {
        let stage = Stage([.flowEngine: engine(ending: ending)])
        #expect(await stage.run("fnfctl execution start F --name n --wait") == status)
        #expect(stage.out.contains("Status:   \(ending)"))
        if status != .ok { #expect(stage.err.contains("fnfctl execution history F n")) }
    }

    @Test func `describe with a time gives up after it`() async {
        let waits = Seen<Int64>()
        let stage = Stage([.flowEngine: engine(ending: "Running", waits: waits)])
        #expect(await stage.run("fnfctl execution describe F n --wait 20ms") == .timedOut)
        #expect(stage.out.contains("Status:     Running"))
        #expect(waits.all.allSatisfy { $0 == 1 || $0 == 0 })
    }

    @Test func `waiting for an execution that is about to start is no error`() async {
        var table = HandlerTable()
        let asked = Seen<Bool>()
        table.on(DescribeExecution.self) { (params, _) throws(RPCError) in
            asked.note(true)
            if asked.all.count == 1 { throw RPCError(.executionNotExists, "there is no such execution") }
            return .with {
                $0.name = params.executionName
                $0.status = "Succeeded"
            }
        }
        #expect(await Stage([.flowEngine: table]).run("fnfctl execution describe F n --wait") == .ok)
        #expect(asked.all.count == 2)
    }

    @Test func `describe tells what a running execution waits for, and until when`() async {
        let stage = Stage([.flowEngine: engine(ending: "Running")])
        #expect(await stage.run("fnfctl execution describe F n") == .ok)
        #expect(
            stage.out.contains("Waits for:  payment, a callback, until 2026-11-23 09:34:10Z (in 4 min 10 s)"))
        #expect(await stage.run("fnfctl execution describe F none") == .notFound)
        #expect(stage.err.contains("fnfctl execution list F"))
    }

    @Test func `task succeed finds the token by flow, execution and step`() async {
        var table = engine(ending: "Running")
        let reports = Seen<String>()
        table.on(ReportTaskSucceeded.self) { params, context in
            reports.note(
                "\(params.taskToken) \(params.output) \(context.meta.idempotencyKey == nil ? "" : "keyed")")
            return .with { $0.eventId = 9 }
        }
        let stage = Stage([.flowEngine: table])
        #expect(await stage.run("fnfctl task succeed F n payment --output '{\"price\":\"1\"}'") == .ok)
        #expect(reports.all == [#"tOkEn {"price":"1"} keyed"#])
        #expect(stage.out == "task succeeded, event 9\n")
        #expect(await stage.run("fnfctl task succeed F n other") == .notFound)
        #expect(stage.err.contains("it waits for: payment"))
    }
}

@Suite struct ExecutionHistoryTests {
    private static func event(_ id: Int64, _ type: String, day: String = "2026-11-23", detail: String = "{}")
        -> EventRecord
    {
        .with {
            $0.eventId = id
            $0.scheduleEventId = id - 1
            $0.type = type
            $0.stepName = id == 1 ? "" : "pay"
            $0.time = "\(day)T09:30:00.00\(id)Z"
            $0.eventDetail = detail
        }
    }

    @Test func `a history is a table of EventId, Type, Step, After, Time, Detail`() {
        let report = HistoryReport.report([
            Self.event(1, "ExecutionStarted"), Self.event(2, "StepEntered", detail: #"{"input":{}}"#),
        ])
        #expect(
            Render.text(report, as: .table, on: .plain, now: Stage.now) == """
                EventId  Type              Step  After  Time 2026-11-23  Detail
                      1  ExecutionStarted               09:30:00.001Z    {}
                      2  StepEntered       pay       1  09:30:00.002Z    {"input":{}}

                """)
    }

    @Test func `events of several days carry their dates`() {
        let history = HistoryReport([Self.event(1, "A"), Self.event(2, "B", day: "2026-11-24")])
        #expect(history.columns[4].title == "Time")
        #expect(history.row(Self.event(1, "A"))[4].text == "2026-11-23T09:30:00.001Z")
    }

    @Test func `history joins the pages, whole in JSON`() async {
        var table = HandlerTable()
        table.on(GetExecutionHistory.self) { params, _ in
            .with {
                $0.events = [
                    params.nextToken == nil ? Self.event(1, "ExecutionStarted") : Self.event(2, "StepEntered")
                ]
                $0.nextToken = params.nextToken == nil ? "2" : nil
            }
        }
        let stage = Stage([.flowEngine: table])
        #expect(await stage.run("fnfctl execution history F E -o json") == .ok)
        #expect(stage.outJSON?["Events"]?.arrayValue?.count == 2)
        #expect(stage.outJSON?["Events"]?[1]?["EventDetail"] == "{}")
    }

    @Test func `reverse asks for the newest first, page by page`() async {
        var table = HandlerTable()
        let asked = Seen<Bool?>()
        table.on(GetExecutionHistory.self) { params, _ in
            asked.note(params.reverseOrder)
            return .with { $0.events = [Self.event(2, "StepEntered"), Self.event(1, "ExecutionStarted")] }
        }
        #expect(
            await Stage([.flowEngine: table]).run("fnfctl execution history F E --reverse -o name") == .ok)
        #expect(asked.all == [true])
        #expect(await Stage().run("fnfctl execution history F E --reverse --tree") == .usage)
    }

    @Test func `a tree shows steps under what contains them, and the execution that a step started`() {
        var id: Int64 = 0
        func event(_ cause: Int64, _ type: String, _ step: String = "", _ detail: String = "{}")
            -> EventRecord
        {
            id += 1
            let number = id
            return .with {
                $0.eventId = number
                $0.scheduleEventId = cause
                $0.type = type
                $0.stepName = step
                $0.time = "2026-11-23T09:30:\(number < 10 ? "0" : "")\(number).000Z"
                $0.eventDetail = detail
            }
        }
        let events = [
            event(0, "ExecutionStarted"), event(1, "StepEntered", "both"), event(2, "StepStarted", "both"),
            event(3, "BranchEntered", "both", #"{"index":0}"#), event(4, "StepEntered", "call"),
            event(5, "TaskScheduled", "call"), event(3, "BranchEntered", "both", #"{"index":1}"#),
            event(7, "StepEntered", "which"), event(8, "StepStarted", "which", #"{"branch":0}"#),
            event(9, "StepEntered", "inner"), event(10, "StepStarted", "inner"),
            event(11, "StepSucceeded", "inner"), event(12, "StepExited", "inner"),
            event(6, "TaskFailed", "call", #"{"error":"E"}"#), event(14, "TaskScheduled", "call"),
            event(15, "TaskSubmitted", "call", #"{"output":{"FlowName":"Child","Name":"c1"}}"#),
            event(16, "TaskFailed", "call", #"{"error":"E"}"#),
            event(17, "StepExited", "call", #"{"goto":"after","local":{}}"#),
            event(18, "StepEntered", "after"),
        ]
        #expect(
            Render.text(HistoryTree.report(events, title: "F/E"), as: .table, on: .plain, now: Stage.now)
                == """
                EventId  Step               State      Took     Note
                      1  F/E                running
                      2  └─ both            running
                      4     ├─ branch 0     running
                      5     │  ├─ call      caught     13 s     execution Child/c1, 2 attempts, E, → after
                     19     │  └─ after     running
                      7     └─ branch 1     running
                      8        └─ which     running
                     10           └─ inner  succeeded  3000 ms

                """)
    }

    @Test func `watch goes on where it was when the reader was too slow`() async {
        var table = HandlerTable()
        let asked = Seen<Int64>()
        table.on(stream: WatchExecution.self) { (params, _, sink) throws(RPCError) in
            let after = params.afterEventId ?? 0
            asked.note(after)
            try sink.send(
                .with {
                    $0.status = "Running"
                    $0.events = [Self.event(after + 1, "StepEntered")]
                })
            if after == 0 { throw RPCError(.slowConsumer, "too slow", retryable: true) }
            return .with {
                $0.name = params.executionName
                $0.status = "Succeeded"
            }
        }
        let stage = Stage([.flowEngine: table])
        #expect(await stage.run("fnfctl execution history F E --watch -o name") == .ok)
        #expect(stage.out == "1\n2\n")
        #expect(asked.all == [0, 1])
        #expect(stage.err == "execution E ended Succeeded\n")
    }
}
