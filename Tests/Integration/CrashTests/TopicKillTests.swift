import FlowEngineAPI
import Primitives
import RPCProtocol
import ServiceSupervisor
import TestHost
import Testing

extension Crash {
    /// Kills the engine at its n-th write, sync or send, n = 1, 2, … while a flow and a program publish to a
    /// topic that has a queue and an address, until that passes without reaching n.
    @Suite(.serialized) struct TopicKillTests {
        private static let callsMax: UInt64 = 600

        private static let flow = """
            version: v1
            type: flow
            steps:
              - type: task
                name: tell
                resourceArn: acs:mns:::/topics/news/messages
                serviceParams: {MessageBody: $.text}
            """

        @Test func `a kill at any point puts each message into the queue once, and pushes it`() async throws {
            let receiver = try PostReceiver()
            defer { receiver.stop() }
            try await FnfSystem.run { system in
                try await prepare(system, receiver)
                var rounds: UInt64 = 0
                for point in 1...Self.callsMax {
                    let marker = try await arm(system, at: point)
                    try await round(system, "run-\(point)", receiver)
                    rounds = point
                    guard Files.exists(marker) else { break }
                }
                print("topic kills: the engine was killed at each of \(rounds - 1) points")
                #expect(rounds > 5 && rounds < Self.callsMax)
                let told = try system.database(of: .flowEngine).rows(
                    "SELECT body, count(*) AS count FROM queue_bodies GROUP BY body")
                #expect(told.count == Int(rounds) * 2)
                #expect(told.allSatisfy { $0["count"] == 1 })
                // One that was pushed twice has the same id each time.
                for (body, requests) in Dictionary(grouping: receiver.requests, by: \.body) {
                    #expect(Set(requests.map { $0.headers["x-mns-message-id"] }).count == 1, "\(body)")
                }
            }
        }

        private func prepare(_ system: FnfSystem, _ receiver: PostReceiver) async throws {
            let admin = system.caller(.flowEngine, .admin)
            _ = try await admin.call(
                CreateFlow.self,
                .with {
                    $0.name = "Teller"
                    $0.definition = Self.flow
                })
            _ = try await admin.call(CreateQueue.self, .with { $0.queueName = "told" })
            _ = try await admin.call(CreateTopic.self, .with { $0.topicName = "news" })
            for (name, endpoint) in ["queue": "acs:mns:::queues/told", "http": "\(receiver.url)/in"] {
                _ = try await admin.call(
                    Subscribe.self,
                    .with {
                        $0.topicName = "news"
                        $0.subscriptionName = name
                        $0.endpoint = endpoint
                        $0.notifyContentFormat = "SIMPLIFIED"
                    })
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

        /// A flow publishes one message, a program another; both are waited for at the address.
        private func round(_ system: FnfSystem, _ name: String, _ receiver: PostReceiver) async throws {
            let engine = system.caller(.flowEngine)
            do {
                _ = try await persistently {
                    try await engine.call(
                        StartExecution.self,
                        .with {
                            $0.flowName = "Teller"
                            $0.executionName = name
                            $0.input = #"{"text":"flow \#(name)"}"#
                        })
                }
            } catch let failure as RPCFailure {
                // It ended before its start could be asked for again.
                guard failure.answer?.name == .executionAlreadyExists else { throw failure }
            }
            _ = try await persistently {
                try await engine.call(
                    PublishMessage.self,
                    .with {
                        $0.topicName = "news"
                        $0.messageBody = "program \(name)"
                    }, meta: RPCMeta(idempotencyKey: name))
            }
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
            await receiver.wait { requests in
                ["flow", "program"].allSatisfy { who in requests.contains { $0.body == "\(who) \(name)" } }
            }
        }
    }
}
