import FlowEngineAPI
import Primitives
import RPCProtocol
import Testing

@testable import FnfctlCommands

@Suite struct ScheduleVerbTests {
    private static let record = ScheduleRecord.with {
        $0.flowName = "F"
        $0.scheduleName = "s"
        $0.cronExpression = "@every 60m"
        $0.payload = #"{"who":"world"}"#
        $0.nextTime = "2026-11-23T09:34:10.000Z"
        $0.lastTime = "2026-11-23T08:34:10.000Z"
        $0.lastExecutionName = "s-20261123T083410Z"
        $0.missedCount = 3
        $0.createdTime = "2026-11-20T09:30:00.000Z"
        $0.lastModifiedTime = "2026-11-20T09:30:00.000Z"
    }

    /// An engine that notes what it is asked, and knows the schedule `s` of the flow `F`.
    private func engine(_ calls: Seen<JSONValue>) -> HandlerTable {
        var table = HandlerTable()
        table.on(CreateSchedule.self) { (params, _) throws(RPCError) in
            calls.note(params.wire)
            guard params.scheduleName != "taken" else {
                throw RPCError(.scheduleAlreadyExists, "The schedule taken already exists in flow F")
            }
            return Self.record
        }
        table.on(UpdateSchedule.self) { (params, _) in
            calls.note(params.wire)
            var record = Self.record
            record.enable = params.enable ?? true
            return record
        }
        table.on(DescribeSchedule.self) { (params, _) throws(RPCError) in
            guard params.scheduleName == "s" else {
                throw RPCError(.scheduleNotExists, "The schedule \(params.scheduleName) does not exist")
            }
            return Self.record
        }
        table.on(DeleteSchedule.self) { params, _ in
            calls.note(params.wire)
            return NoFields()
        }
        return table
    }

    @Test func `create passes expression, payload and rest, through the operators' door`() async throws {
        let calls = Seen<JSONValue>()
        let stage = Stage([.flowEngine: engine(calls)])
        let line = #"fnfctl schedule create F s "@every 60m" --payload '{"who": "world"}' --disabled"#
        #expect(await stage.run(line) == .ok)
        #expect(
            calls.all == [
                [
                    "FlowName": "F", "ScheduleName": "s", "CronExpression": "@every 60m",
                    "Payload": #"{"who":"world"}"#, "Description": "", "Enable": false,
                ]
            ])
        #expect(stage.sockets == ["flow-engine.sock"])
        #expect(stage.out.contains("Next:          2026-11-23 09:34:10Z (in 4 min 10 s)"))
        #expect(stage.out.contains("Started last:  s-20261123T083410Z"))
        #expect(stage.out.contains("Missed:        3 runs"))
        #expect(await stage.run("fnfctl schedule create F s '@every 60m' --payload nonsense") == .usage)
        #expect(calls.all.count == 1)
    }

    @Test func `what the engine refuses ends with its status and a way out`() async {
        let stage = Stage([.flowEngine: engine(Seen())])
        #expect(await stage.run("fnfctl schedule create F taken '@every 60m'") == .conflict)
        #expect(stage.err.contains("fnfctl schedule update F taken"))
        #expect(await stage.run("fnfctl schedule show F none") == .notFound)
        #expect(stage.err.contains("fnfctl schedule list F"))
    }

    @Test func `update, enable and disable send only what changes`() async {
        let calls = Seen<JSONValue>()
        let stage = Stage([.flowEngine: engine(calls)])
        #expect(await stage.run("fnfctl schedule update F s --expression '0 0 9 * * *'") == .ok)
        #expect(await stage.run("fnfctl schedule disable F s") == .ok)
        #expect(stage.out.contains("disabled (fnfctl schedule enable)"))
        #expect(await stage.run("fnfctl schedule enable F s -o json") == .ok)
        #expect(
            calls.all == [
                ["FlowName": "F", "ScheduleName": "s", "CronExpression": "0 0 9 * * *"],
                ["FlowName": "F", "ScheduleName": "s", "Enable": false],
                ["FlowName": "F", "ScheduleName": "s", "Enable": true],
            ])
        #expect(await stage.run("fnfctl schedule update F s") == .usage)
    }

    @Test func `delete says what it deleted`() async {
        let calls = Seen<JSONValue>()
        let stage = Stage([.flowEngine: engine(calls)])
        #expect(await stage.run("fnfctl schedule rm F s") == .ok)
        #expect(stage.out == "schedule s of F deleted\n")
        #expect(calls.all == [["FlowName": "F", "ScheduleName": "s"]])
    }

    @Test func `list without a flow goes through all flows, page by page`() async {
        var table = HandlerTable()
        let flows = ["A", "B", "C"]
        table.on(ListFlows.self) { params, _ in
            .with {
                $0.flows = [.with { $0.name = params.nextToken ?? "A" }]
                $0.nextToken = params.nextToken == nil ? "B" : params.nextToken == "B" ? "C" : nil
            }
        }
        table.on(ListSchedules.self) { params, _ in
            // B has none, the others two, one a page.
            .with {
                guard params.flowName != "B" else { return }
                let name = params.nextToken ?? "one"
                $0.schedules = [
                    .with {
                        $0.flowName = params.flowName
                        $0.scheduleName = name
                        $0.cronExpression = "@every 1m"
                    }
                ]
                $0.nextToken = name == "one" ? "two" : nil
            }
        }
        let stage = Stage([.flowEngine: table])
        #expect(await stage.run("fnfctl schedule list -o json") == .ok)
        let found = stage.outJSON?["Schedules"]?.arrayValue ?? []
        #expect(found.map { $0["FlowName"]?.stringValue } == [flows[0], flows[0], flows[2], flows[2]])
        let cut = Stage([.flowEngine: table])
        #expect(await cut.run("fnfctl schedule list C --limit 1 -o name") == .ok)
        #expect(cut.out == "one\n" && cut.err.contains("there are more"))
        let empty = Stage([.flowEngine: table])
        #expect(await empty.run("fnfctl schedule list B") == .ok)
        #expect(empty.out.contains("fnfctl schedule create"))
    }
}

@Suite struct ScheduleNextTests {
    private var zones: [String: String] {
        let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        return ["TZDIR": "/\(tests)/FlowScheduleTests/Zones"]
    }

    @Test func `next shows the times in UTC, and on the clock of the zone`() async {
        let stage = Stage(environment: zones)
        let line =
            #"fnfctl schedule next "CRON_TZ=Europe/Berlin 0 30 2 * * *" -n 2 --after 2026-03-28T12:00:00Z"#
        #expect(await stage.run(line) == .ok)
        #expect(
            stage.out == """
                UTC                   Europe/Berlin                   From now
                2026-03-29 01:00:00Z  Sun 2026-03-29 03:00:00 +02:00  239 d ago
                2026-03-30 00:30:00Z  Mon 2026-03-30 02:30:00 +02:00  238 d ago

                """)
        #expect(stage.sockets.isEmpty)
    }

    @Test func `names and JSON are for programs`() async {
        let stage = Stage()
        #expect(await stage.run(#"fnfctl schedule next "@every 30m" -n 2 -o name"#) == .ok)
        #expect(stage.out == "2026-11-23T10:00:00.000Z\n2026-11-23T10:30:00.000Z\n")
        let json = Stage()
        #expect(await json.run(#"fnfctl schedule next "0 0 4 1 * *" -n 1 -o json"#) == .ok)
        #expect(
            json.outJSON == ["CronExpression": "0 0 4 1 * *", "Times": ["2026-12-01T04:00:00.000Z"]])
    }

    @Test func `a wrong expression ends with status 2 and says what to write`() async {
        let stage = Stage(environment: zones)
        #expect(await stage.run(#"fnfctl schedule next "@every 2h""#) == .usage)
        #expect(stage.err.contains("interval \"2h\"") && stage.err.contains("next: write @every 120m"))
        #expect(await stage.run(#"fnfctl schedule next "CRON_TZ=Europe/Berln 0 0 4 * * *""#) == .usage)
        #expect(stage.err.contains("Europe/Berlin"))
        #expect(await stage.run(#"fnfctl schedule next "@every 5m" -n 0"#) == .usage)
        #expect(await stage.run(#"fnfctl schedule next "@every 5m" --after tomorrow"#) == .usage)
    }
}
