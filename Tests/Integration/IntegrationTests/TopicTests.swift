import FlowEngineAPI
import Primitives
import RPCProtocol
import TestHost
import Testing

extension Integration {
    /// Topics of the real engine, pushed by the real http-egress to a real HTTP server.
    @Suite(.serialized) struct TopicTests {
        private static let flow = """
            version: v1
            type: flow
            steps:
              - type: task
                name: pay
                pattern: waitForCallback
                resourceArn: acs:mns:::/topics/payments/messages
                timeoutSeconds: 300
                inputMappings:
                  - {target: token, source: $context.task.token}
                  - {target: order, source: $input.order}
                outputMappings:
                  - {target: paid, source: $local.paid}
            """

        private func make(_ topic: String, _ endpoints: [String: String], _ system: FnfSystem) async throws {
            let admin = system.caller(.flowEngine, .admin)
            _ = try await admin.call(CreateTopic.self, .with { $0.topicName = topic })
            for (name, endpoint) in endpoints {
                _ = try await admin.call(
                    Subscribe.self,
                    .with {
                        $0.topicName = topic
                        $0.subscriptionName = name
                        $0.endpoint = endpoint
                        $0.notifyContentFormat = "SIMPLIFIED"
                    })
            }
        }

        @Test func `a flow's message reaches an HTTP function, whose report lets the flow go on`()
            async throws
        {
            let receiver = try PostReceiver()
            defer { receiver.stop() }
            try await FnfSystem.run { system in
                let engine = system.caller(.flowEngine)
                try await make("payments", ["pay": "\(receiver.url)/pay?x=1"], system)
                _ = try await system.caller(.flowEngine, .admin).call(
                    CreateFlow.self,
                    .with {
                        $0.name = "Payment"
                        $0.definition = Self.flow
                    })
                _ = try await engine.call(
                    StartExecution.self,
                    .with {
                        $0.flowName = "Payment"
                        $0.executionName = "run"
                        $0.input = #"{"order":"o-1"}"#
                    })
                await receiver.wait { $0.count == 1 }
                let request = try #require(receiver.requests.first)
                let body = try JSONParser.parse(request.body)
                #expect(request.path == "/pay?x=1" && body["order"] == "o-1")
                #expect(request.headers["x-mns-message-id"]?.utf8.count == 32)
                #expect(request.headers["x-mns-version"] == "2015-06-06")
                #expect(request.headers["host"] == "127.0.0.1:\(receiver.port)")
                let token = try #require(body["token"]?.stringValue)
                _ = try await system.caller(.flowEngine, .report).call(
                    ReportTaskSucceeded.self,
                    .with {
                        $0.taskToken = token
                        $0.output = #"{"paid":true}"#
                    })
                let record = try await engine.call(
                    DescribeExecution.self,
                    .with {
                        $0.flowName = "Payment"
                        $0.executionName = "run"
                        $0.waitTimeSeconds = 60
                    })
                #expect(record.output == #"{"paid":true}"#)
            }
        }

        @Test func `what is pending at a kill is pushed afterwards, and fnfctl tells why it waits`()
            async throws
        {
            // The first one of a message is not taken, so that it is pending when the engine is killed.
            let receiver = try PostReceiver { request, before in
                before.contains { $0.body == request.body } ? 200 : 503
            }
            defer { receiver.stop() }
            try await FnfSystem.run { system in
                try await make(
                    "news", ["s": receiver.url, "gone": "http://127.0.0.1:9/", "w": "acs:mns:::queues/w"],
                    system)
                _ = try await system.fnfctl("queue", "create", "w").expecting()
                _ = try await system.fnfctl("topic", "publish", "news", "hello").expecting()
                await receiver.wait { $0.count == 1 }
                #expect(receiver.requests.first?.path == "/notifications")
                try await system.killAndWait(.flowEngine)
                await receiver.wait { $0.count == 2 }
                #expect(Set(receiver.requests.map { $0.headers["x-mns-message-id"] }).count == 1)
                // A port that nobody may be called at under `fnfctl up`: below 1024.
                let shown = try await system.fnfctl("topic", "show", "news").expecting()
                #expect(shown.output.contains("AddressNotAllowed"), "\(shown)")
                let found = try await system.fnfctl("queue", "receive", "w", "--wait", "0", "--body")
                    .expecting()
                #expect(found.lines == ["hello"])
            }
        }
    }
}
