import FlowEngineAPI
import Primitives
import RPCProtocol
import ServiceSupervisor
import TestHost
import Testing

extension Integration {
    /// Executions that start and await one another, in the real program.
    @Suite(.serialized) struct ChildFlowTests {
        private static let parent = """
            version: v1
            type: flow
            steps:
              - type: task
                name: review
                pattern: sync
                resourceArn: acs:fnf:::flow/Review
                inputMappings:
                  - target: order
                    source: $input.order
                catch:
                  - errors: [AuditError]
                    goto: refused
                errorMappings:
                  - target: why
                    source: $local.error
              - type: succeed
                name: accepted
              - type: pass
                name: refused
            """

        /// Waits for a token that nobody hears of, as a person would be asked.
        private static let child = """
            version: v1
            type: flow
            steps:
              - type: task
                name: ask
                pattern: waitForCallback
                resourceArn: acs:mns:::/queues/reviews/messages
                inputMappings:
                  - target: taskToken
                    source: $context.task.token
                  - target: order
                    source: $input.order
                serviceParams:
                  MessageBody: $
            """

        @Test func `a child outlives a kill of the engine, and its result reaches the parent`() async throws {
            try await FnfSystem.run { system in
                let admin = system.caller(.flowEngine, .admin)
                let client = system.caller(.flowEngine, .client)
                for (name, text) in [("Review", Self.child), ("Order", Self.parent)] {
                    _ = try await admin.call(
                        CreateFlow.self,
                        .with {
                            $0.name = name
                            $0.definition = text
                        })
                }
                for name in ["good", "bad"] {
                    _ = try await client.call(
                        StartExecution.self,
                        .with {
                            $0.flowName = "Order"
                            $0.executionName = name
                            $0.input = #"{"order":"\#(name)"}"#
                        })
                }
                var tokens: [String: String] = [:]
                while tokens.count < 2 {
                    let received = try await client.call(
                        ReceiveMessage.self,
                        .with {
                            $0.queueName = "reviews"
                            $0.waitSeconds = 30
                        })
                    for message in received.messages {
                        let body = try JSONParser.parse(message.messageBody)
                        tokens[body["order"]?.stringValue ?? ""] = body["taskToken"]?.stringValue
                    }
                }
                try await system.killAndWait(.flowEngine)
                let report = system.caller(.flowEngine, .report)
                _ = try await report.call(
                    ReportTaskSucceeded.self,
                    .with {
                        $0.taskToken = tokens["good"] ?? ""
                        $0.output = #"{"approved":true}"#
                    })
                try await system.killAndWait(.flowEngine)
                _ = try await report.call(
                    ReportTaskFailed.self,
                    .with {
                        $0.taskToken = tokens["bad"] ?? ""
                        $0.error = "AuditError"
                    })
                #expect(try await self.end("good", client).output == #"{"approved":true}"#)
                #expect(try await self.end("bad", client).output == #"{"why":"AuditError"}"#)
                let children = try await client.call(
                    ListExecutions.self, .with { $0.flowName = "Review" }
                ).executions
                #expect(children.map(\.status).sorted() == ["Failed", "Succeeded"])
            }
        }

        private func end(_ name: String, _ client: any RPCCaller) async throws -> ExecutionRecord {
            try await client.call(
                DescribeExecution.self,
                .with {
                    $0.flowName = "Order"
                    $0.executionName = name
                    $0.waitTimeSeconds = 60
                })
        }
    }
}
