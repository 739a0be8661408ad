import FlowEngineAPI
import OrderDesk
import Primitives
import RPCProtocol
import TestHost
import Testing

extension Integration {
    /// What a console shows of the engine, over kills of it.
    @Suite(.serialized, .timeLimit(.minutes(5))) struct ConsoleTests {
        private static let greeting = """
            version: v1
            type: flow
            steps:
              - type: pass
                name: hello
                outputMappings:
                  - target: word
                    source: hello

            """

        private func search(
            _ system: FnfSystem, _ edit: (inout SearchExecutions.Params) -> Void
        ) async throws -> [FoundExecution] {
            var params = SearchExecutions.Params()
            edit(&params)
            var found: [FoundExecution] = []
            repeat {
                let page = try await system.caller(.flowEngine).call(SearchExecutions.self, params)
                found += page.executions
                params.nextToken = page.nextToken
            } while params.nextToken != nil
            return found
        }

        private func counts(_ system: FnfSystem) async throws -> CountExecutions.Result {
            var counts = try await system.caller(.flowEngine).call(CountExecutions.self, .init())
            counts.summary.time = ""
            return counts
        }

        @Test func `orders that wait are found, counted and listed as before after a kill`() async throws {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                var numbers: [String] = []
                for _ in 0..<3 {
                    let number = try await desk.submit()
                    try await desk.recorded(number, "TaskSubmitted", step: "payment")
                    numbers.append(number)
                }
                let before = try await counts(system)
                #expect(before.summary.waitingForCallback == 3 && before.summary.running == 3)
                #expect(before.summary.oldestWaiting?.executionName == numbers[0])
                try await system.killAndWait(.flowEngine)
                #expect(try await counts(system) == before)
                let found = try await search(system) {
                    $0.text = numbers[1]
                    $0.condition = "waitingForCallback"
                }
                #expect(found.first?.name == numbers[1] && found.first?.steps.first?.stepName == "payment")
                let room = try await system.caller(.flowEngine).call(ListWaitingTasks.self, .init())
                #expect(room.tasks.map(\.executionName) == numbers)
                #expect(room.tasks.allSatisfy { $0.taskToken != nil && $0.deadline != nil })
                let shown = try await system.fnfctl(["task", "waiting", "--step", "payment", "-o", "name"])
                    .expecting().output
                #expect(shown.split(separator: "\n").count == 3)

                let stopped = try await system.caller(.flowEngine).call(
                    StopExecutions.self,
                    .with {
                        $0.executions = numbers.prefix(2).map { number in
                            .with {
                                $0.flowName = OrderDesk.flow
                                $0.executionName = number
                            }
                        }
                        $0.cause = "closed today"
                    })
                #expect(stopped.stopped == 2)
                try await system.killAndWait(.flowEngine)
                let after = try await counts(system).summary
                #expect(after.stopped == 2 && after.running == 1 && after.waitingTasks == 1)
                #expect(after.lastHour.stopped == 2 && after.lastHour.started == 3)
            }
        }

        @Test func `counts are right to the last execution after kills under load`() async throws {
            try await FnfSystem.run { system in
                let file = "\(system.folder)/greeting.yaml"
                try Files.put(Self.greeting, file)
                _ = try await system.fnfctl(["flow", "apply", "-f", file, "--name", "Greeting"]).expecting()
                let started = 600
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for lane in 0..<4 {
                        group.addTask {
                            for number in 0..<started / 4 {
                                try await start("run-\(lane)-\(number)", system)
                            }
                        }
                    }
                    group.addTask {
                        for _ in 0..<3 { try await system.killAndWait(.flowEngine) }
                    }
                    try await group.waitForAll()
                }
                let counts = try await counts(system)
                #expect(counts.summary.succeeded == Int64(started) && counts.summary.running == 0)
                #expect(counts.flows.map(\.succeeded) == [Int64(started)])
                let found = try await search(system) { $0.flowName = "Greeting" }
                #expect(found.count == started && Set(found.map(\.name)).count == started)
                #expect(try await search(system) { $0.text = "RUN-3-149" }.first?.name == "run-3-149")
            }
        }

        /// Until it is acknowledged, over however many kills.
        private func start(_ name: String, _ system: FnfSystem) async throws {
            while true {
                do throws(RPCFailure) {
                    _ = try await system.caller(.flowEngine).call(
                        StartExecution.self,
                        .with {
                            $0.flowName = "Greeting"
                            $0.executionName = name
                        })
                    return
                } catch {
                    if error.answer?.name == .executionAlreadyExists { return }
                    guard error.isRetryable else { throw error }
                }
            }
        }
    }
}
