import FlowEngineAPI
import Primitives
import RPCProtocol
import ServiceSupervisor
import TestHost
import Testing

extension Integration {
    /// Schedules in the real engine, by the real command line.
    @Suite(.serialized) struct ScheduleTests {
        private static let greeting = """
            version: v1
            type: flow
            steps:
              - type: pass
                name: greet
                outputMappings:
                  - target: who
                    source: $input.payload.who

            """

        @Test func `after years without the engine a yearly schedule starts one execution`() async throws {
            try await FnfSystem.run { system in
                let file = "\(system.folder)/greeting.yaml"
                try Files.put(Self.greeting, file)
                func run(_ words: String...) async throws -> String {
                    try await system.fnfctl(words).expecting().output
                }
                _ = try await run("flow", "apply", "-f", file, "--name", "Greeting")
                _ = try await run(
                    "schedule", "create", "Greeting", "yearly", "CRON_TZ=UTC 0 0 4 1 JAN *", "--payload",
                    #"{"who":"world"}"#)
                let due = try #require(Timestamp(rfc3339: "2023-01-01T04:00:00Z"))
                try system.database(of: .flowEngine).change(
                    "UPDATE schedules SET next = \(due.microseconds)")
                try await system.killAndWait(.flowEngine)
                let name = "yearly-20230101T040000Z"
                _ = try await run("execution", "describe", "Greeting", name, "--wait")
                let engine = system.caller(.flowEngine)
                let ended = try await engine.call(
                    DescribeExecution.self,
                    .with {
                        $0.flowName = "Greeting"
                        $0.executionName = name
                    })
                #expect(ended.status == "Succeeded" && ended.output == #"{"who":"world"}"#)
                #expect(try await run("execution", "list", "Greeting", "-o", "name") == "\(name)\n")
                let schedule = try await engine.call(
                    DescribeSchedule.self,
                    .with {
                        $0.flowName = "Greeting"
                        $0.scheduleName = "yearly"
                    })
                let year = try #require(Int64(LiveWorld().now.description.prefix(4)))
                #expect(schedule.missedCount == year - 2023)
                #expect(schedule.nextTime == "\(year + 1)-01-01T04:00:00.000Z")
                #expect(schedule.lastExecutionName == name)
                #expect(try await run("schedule", "list").contains("yearly"))
                #expect(try await run("metrics", "flow-engine").contains("fnf_schedule_fires_total 1"))
                // Once more, with nothing due: nothing starts.
                try await system.killAndWait(.flowEngine)
                _ = try await run("schedule", "disable", "Greeting", "yearly")
                #expect(try await run("execution", "list", "Greeting", "-o", "name") == "\(name)\n")
                _ = try await run("flow", "delete", "Greeting")
                #expect(try await system.fnfctl("schedule", "show", "Greeting", "yearly").exitCode == 3)
            }
        }
    }
}
