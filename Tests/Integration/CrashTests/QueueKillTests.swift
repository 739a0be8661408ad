import FlowEngineAPI
import Primitives
import RPCProtocol
import ServiceSupervisor
import TestHost
import Testing

extension Crash {
    /// Kills the engine at its n-th write, sync or send, n = 1, 2, … while a flow and a program send messages
    /// and a worker takes them, until that passes without reaching n.
    @Suite(.serialized) struct QueueKillTests {
        private static let callsMax: UInt64 = 600

        private static let flow = """
            version: v1
            type: flow
            steps:
              - type: task
                name: tell
                resourceArn: acs:mns:::/queues/told/messages
                serviceParams: {MessageBody: $.text}
              - type: task
                name: again
                resourceArn: acs:mns:::/queues/told/messages
                inputMappings:
                  - {target: text, source: $input.text}
            """

        @Test func `a kill at any point sends every message exactly once, and a deleted one stays away`()
            async throws
        {
            try await FnfSystem.run { system in
                let admin = system.caller(.flowEngine, .admin)
                _ = try await admin.call(
                    CreateFlow.self,
                    .with {
                        $0.name = "Teller"
                        $0.definition = Self.flow
                    })
                for queue in ["told", "inbox"] {
                    _ = try await admin.call(CreateQueue.self, .with { $0.queueName = queue })
                }
                var rounds: UInt64 = 0
                for point in 1...Self.callsMax {
                    let marker = try await arm(system, at: point)
                    try await round(system, point)
                    rounds = point
                    guard Files.exists(marker) else { break }
                }
                print("queue kills: the engine was killed at each of \(rounds - 1) points")
                #expect(rounds > 5 && rounds < Self.callsMax)
                try expectOnce(system, rounds: rounds)
            }
        }

        private func arm(_ system: FnfSystem, at point: UInt64) async throws -> String {
            var orders = CrashOrders(service: .flowEngine, folder: system.folder, at: point)
            orders.marker = "\(system.folder)/killed-\(point)"
            orders.report = "\(system.folder)/calls-\(point)"
            for (name, value) in try orders.environment() {
                try system.supervisor.setEnvironment(name, value, of: FnfService.flowEngine.rawValue)
            }
            let before = system.status(of: .flowEngine)
            try system.supervisor.restart(FnfService.flowEngine.rawValue)
            try await system.wait(for: .flowEngine) { $0.exits.count > before.exits.count }
            return orders.marker
        }

        /// A flow sends two messages; a program sends one, which a worker receives and deletes.
        private func round(_ system: FnfSystem, _ point: UInt64) async throws {
            let engine = system.caller(.flowEngine)
            let name = "run-\(point)"
            do {
                _ = try await persistently {
                    try await engine.call(
                        StartExecution.self,
                        .with {
                            $0.flowName = "Teller"
                            $0.executionName = name
                            $0.input = #"{"text":"\#(name)"}"#
                        })
                }
            } catch let failure as RPCFailure {
                // It ended before its start could be asked for again.
                guard failure.answer?.name == .executionAlreadyExists else { throw failure }
            }
            _ = try await persistently {
                try await engine.call(
                    SendMessage.self,
                    .with {
                        $0.queueName = "inbox"
                        $0.messageBody = name
                    }, meta: RPCMeta(idempotencyKey: name))
            }
            try await work(system, name)
            let record = try await persistently {
                try await engine.call(
                    DescribeExecution.self,
                    .with {
                        $0.flowName = "Teller"
                        $0.executionName = name
                        $0.waitTimeSeconds = 60
                    })
            }
            #expect(record.status == "Succeeded", "\(name): \(record.error ?? "") \(record.cause ?? "")")
        }

        /// Receives until the message is there, also again when a kill took its handle, and deletes it.
        private func work(_ system: FnfSystem, _ name: String) async throws {
            let engine = system.caller(.flowEngine)
            while true {
                let found = try await persistently {
                    try await engine.call(
                        ReceiveMessage.self,
                        .with {
                            $0.queueName = "inbox"
                            $0.waitSeconds = 30
                            $0.visibilityTimeout = 1
                        }
                    ).messages
                }
                guard let message = found.first else { continue }
                #expect(message.messageBody == name)
                do {
                    _ = try await persistently {
                        try await engine.call(
                            DeleteMessage.self,
                            .with {
                                $0.queueName = "inbox"
                                $0.receiptHandle = message.receiptHandle ?? ""
                            }, meta: RPCMeta(idempotencyKey: "delete-\(message.receiptHandle ?? "")"))
                    }
                    return
                } catch let failure as RPCFailure {
                    // The restart took longer than the message was kept.
                    guard failure.answer?.name == .receiptHandleError else { throw failure }
                }
            }
        }

        private func expectOnce(_ system: FnfSystem, rounds: UInt64) throws {
            let database = system.database(of: .flowEngine)
            let told = try database.rows(
                """
                SELECT body, count(*) AS count FROM queue_bodies JOIN queue_messages USING (message)
                JOIN queues USING (queue) WHERE name = 'told' GROUP BY body
                """)
            #expect(told.count == Int(rounds) * 2)
            #expect(told.allSatisfy { $0["count"] == 1 })
            let inbox = try database.value(
                "SELECT count(*) FROM queue_messages JOIN queues USING (queue) WHERE name = 'inbox'")
            #expect(inbox == 0)
        }
    }
}
