import FlowEngineAPI
import Glibc
import OrderDesk
import Primitives
import RPCProtocol
import TestHost
import Testing

extension Integration {
    /// Queues of the real engine, with a worker in another process and kills between its steps.
    @Suite(.serialized) struct QueueTests {
        private static let flow = """
            version: v1
            type: flow
            steps:
              - type: foreach
                name: parcels
                iterationMapping: {collection: $.parcels, item: parcel}
                steps:
                  - type: task
                    name: pack
                    resourceArn: acs:mns:::/queues/packing/messages
                    serviceParams: {MessageBody: $.parcel, Priority: 2}
              - type: task
                name: approve
                pattern: waitForCallback
                resourceArn: acs:mns:::/queues/approvals/messages
                timeoutSeconds: 300
                inputMappings:
                  - {target: token, source: $context.task.token}
                outputMappings:
                  - {target: approved, source: $local.approved}
            """

        /// Asks again when the engine was killed before it answered.
        private func receive(
            _ queue: String, _ system: FnfSystem, count: Int64 = 1, visibility: Int64? = nil
        ) async throws -> [MessageRecord] {
            while true {
                do throws(RPCFailure) {
                    let result = try await system.caller(.flowEngine).call(
                        ReceiveMessage.self,
                        .with {
                            $0.queueName = queue
                            $0.waitSeconds = 30
                            $0.numOfMessages = count
                            $0.visibilityTimeout = visibility
                        })
                    if !result.messages.isEmpty { return result.messages }
                } catch {
                    guard error.isRetryable else { throw error }
                }
            }
        }

        private func counts(_ queue: String, _ system: FnfSystem) async throws -> QueueRecord {
            try await system.caller(.flowEngine).call(DescribeQueue.self, .with { $0.queueName = queue })
        }

        @Test func `a worker receives, reports and deletes, with a kill after each step`() async throws {
            try await FnfSystem.run { system in
                let engine = system.caller(.flowEngine)
                _ = try await system.caller(.flowEngine, .admin).call(
                    CreateFlow.self,
                    .with {
                        $0.name = "Packing"
                        $0.definition = Self.flow
                    })
                for queue in ["packing", "approvals"] {
                    _ = try await system.caller(.flowEngine, .admin).call(
                        CreateQueue.self, .with { $0.queueName = queue })
                }
                _ = try await engine.call(
                    StartExecution.self,
                    .with {
                        $0.flowName = "Packing"
                        $0.executionName = "run"
                        $0.input = #"{"parcels":["a","b","c"]}"#
                    })
                try await system.killAndWait(.flowEngine)
                let question = try #require(
                    try await receive("approvals", system, visibility: 600).first)
                try await system.killAndWait(.flowEngine)
                let token = try #require(
                    try JSONParser.parse(question.messageBody)["token"]?.stringValue)
                _ = try await engine.call(
                    ReportTaskSucceeded.self,
                    .with {
                        $0.taskToken = token
                        $0.output = #"{"approved":true}"#
                    })
                try await system.killAndWait(.flowEngine)
                _ = try await engine.call(
                    DeleteMessage.self,
                    .with {
                        $0.queueName = "approvals"
                        $0.receiptHandle = question.receiptHandle ?? ""
                    })
                try await system.killAndWait(.flowEngine)
                let record = try await engine.call(
                    DescribeExecution.self,
                    .with {
                        $0.flowName = "Packing"
                        $0.executionName = "run"
                        $0.waitTimeSeconds = 60
                    })
                #expect(record.status == "Succeeded" && record.output == #"{"approved":true}"#)
                let parcels = try await receive("packing", system, count: 16, visibility: 600)
                #expect(parcels.map(\.messageBody).sorted() == ["a", "b", "c"])
                let (left, asked) = (
                    try await counts("packing", system), try await counts("approvals", system)
                )
                #expect(left.activeMessages == 0 && left.inactiveMessages == 3)
                #expect(asked.activeMessages == 0 && asked.inactiveMessages == 0)
            }
        }

        @Test func `a receive that waits is ended by a kill and finds its message at the next one`()
            async throws
        {
            try await FnfSystem.run { system in
                _ = try await system.caller(.flowEngine, .admin).call(
                    CreateQueue.self, .with { $0.queueName = "q" })
                async let waiting = receive("q", system)
                let metrics = system.caller(.flowEngine)
                // The gauge is the fact that it waits.
                while try await metrics.call("service.status", [:], meta: RPCMeta())["details"]?["receives"]
                    != 1
                {}
                try await system.killAndWait(.flowEngine)
                let sent = try await system.fnfctl("queue", "send", "q", "hello").expecting().output
                let received = try #require(try await waiting.first)
                #expect(sent == "\(received.messageId)\n" && received.messageBody == "hello")
            }
        }

        @Test func `the command line sends, receives, extends and deletes`() async throws {
            try await FnfSystem.run { system in
                func run(_ words: String...) async throws -> String {
                    String(try await system.fnfctl(words).expecting().output.dropLast())
                }
                _ = try await run("queue", "create", "dead")
                _ = try await run(
                    "queue", "create", "work", "--dead-letter", "dead", "--max-receives", "1",
                    "--visibility", "12h")
                _ = try await run("queue", "send", "work", "second")
                _ = try await run("queue", "send", "work", "first", "--priority", "1")
                let handle = try await run("queue", "receive", "work", "-o", "name")
                let kept = try await run("queue", "extend", "work", handle, "--visibility", "0", "-o", "name")
                #expect(kept != handle)
                #expect(try await system.fnfctl("queue", "ack", "work", handle).exitCode == 5)
                #expect(
                    try await run("queue", "receive", "work", "--wait", "10", "--delete", "--body")
                        == "second")
                #expect(try await run("queue", "peek", "dead", "-o", "json").contains(#""first""#))
                #expect(try await run("queue", "list", "-o", "name") == "dead\nwork")
                #expect(try await run("queue", "show", "work").contains("0 ready, 0 received, 0 delayed"))
                _ = try await run("queue", "delete", "work")
                #expect(try await system.fnfctl("queue", "receive", "work").exitCode == 3)
            }
        }
    }
}
