import FlowEngineAPI
import Primitives
import RPCProtocol

extension Corpus {
    /// Somebody stops an execution that waits.
    static let stopped = CrashScenario(
        name: "an execution that is stopped",
        flows: [("Demo", flow("  - {type: wait, name: rest, duration: 3600}"))],
        play: { (client) async throws(RPCError) in
            try await client.start("Demo", "run", input: "{}")
            do throws(RPCError) {
                _ = try await client.insist(
                    StopExecution.self,
                    .with {
                        $0.flowName = "Demo"
                        $0.executionName = "run"
                        $0.error = "Enough"
                    })
            } catch {
                // The first of two calls was carried out, and its answer lost.
                guard error.name == .executionAlreadyCompleted else { throw error }
            }
            await client.follow("Demo", "run")
        }, executions: [("Demo", "run")])

    /// From an empty disk: making the database, the flow, and one execution.
    static let creation: CrashScenario = {
        var scenario = CrashScenario.flow("from an empty disk", flow("  - {type: pass, name: only}"))
        scenario.beginsEmpty = true
        return scenario
    }()

    private static func make(_ queue: String, _ client: PersistentClient) async throws(RPCError) {
        _ = try await client.insist(CreateQueue.self, .with { $0.queueName = queue }, .admin)
    }

    private static func bodies(_ queue: String, _ client: PersistentClient) async throws(RPCError) -> [String]
    {
        do throws(RPCError) {
            return try await client.insist(
                PeekMessage.self,
                .with {
                    $0.queueName = queue
                    $0.numOfMessages = 16
                }
            ).messages.map(\.messageBody)
        } catch {
            guard error.name == .messageNotExist else { throw error }
            return []
        }
    }

    private static func expect(_ queue: String, _ wanted: [String], _ client: PersistentClient)
        async throws(RPCError)
        -> [String]
    {
        let found = try await bodies(queue, client).sorted()
        return found == wanted ? [] : ["the queue \(queue) holds \(found), not \(wanted)"]
    }

    /// A flow's steps send messages.
    static let queue: CrashScenario = {
        var scenario = CrashScenario.flow(
            "a flow that sends to a queue",
            flow(
                """
                  - type: task
                    name: tell
                    resourceArn: acs:mns:::/queues/told/messages
                    serviceParams: {MessageBody: hello}
                """, task("after"),
                """
                  - type: task
                    name: again
                    resourceArn: acs:mns:::/queues/told/messages
                    serviceParams: {MessageBody: twice}
                """))
        scenario.prepare = { (client) async throws(RPCError) in try await make("told", client) }
        scenario.verify = { (client) async throws(RPCError) in
            try await expect("told", ["hello", "twice"], client)
        }
        return scenario
    }()

    /// Programs send, receive and delete.
    static let messages = CrashScenario(
        name: "messages sent, received, deleted",
        prepare: { (client) async throws(RPCError) in try await make("inbox", client) },
        play: { (client) async throws(RPCError) in
            for body in ["a", "b"] {
                _ = try await client.insist(
                    SendMessage.self,
                    .with {
                        $0.queueName = "inbox"
                        $0.messageBody = body
                    }, key: "send \(body)")
            }
            let receive = ReceiveMessage.Params.with {
                $0.queueName = "inbox"
                $0.visibilityTimeout = 1000
                $0.waitSeconds = 20
            }
            var taken = try await client.insist(ReceiveMessage.self, receive, key: "take one")
            if taken.messages.isEmpty {
                // Two kills, and each took an answer along: both messages are hidden until their time is over.
                await client.pause(.seconds(1001))
                taken = try await client.insist(ReceiveMessage.self, receive, key: "take one later")
            }
            guard let message = taken.messages.first else {
                return client.town.fault("a message that was sent is not there")
            }
            _ = try await client.insist(
                DeleteMessage.self,
                .with {
                    $0.queueName = "inbox"
                    $0.receiptHandle = message.receiptHandle ?? ""
                }, key: "delete one")
            client.town.acknowledged.deleted = message.messageBody
        },
        verify: { (client) async throws(RPCError) in
            // One whose receipt was lost with its answer is hidden until its time is over.
            await client.pause(.seconds(1001))
            let deleted = client.town.acknowledged.deleted
            return try await expect("inbox", ["a", "b"].filter { $0 != deleted }, client)
        })

    /// A flow and a program publish; each message is in the queue once.
    static let topic: CrashScenario = {
        var scenario = CrashScenario.flow(
            "a topic with a queue",
            flow(
                """
                  - type: task
                    name: tell
                    resourceArn: acs:mns:::/topics/news/messages
                    serviceParams: {MessageBody: flow}
                """))
        scenario.prepare = { (client) async throws(RPCError) in
            try await make("told", client)
            _ = try await client.insist(CreateTopic.self, .with { $0.topicName = "news" }, .admin)
            _ = try await client.insist(
                Subscribe.self,
                .with {
                    $0.topicName = "news"
                    $0.subscriptionName = "queue"
                    $0.endpoint = "acs:mns:::queues/told"
                    $0.notifyContentFormat = "SIMPLIFIED"
                }, .admin)
        }
        let play = scenario.play
        scenario.play = { (client) async throws(RPCError) in
            _ = try await client.insist(
                PublishMessage.self,
                .with {
                    $0.topicName = "news"
                    $0.messageBody = "program"
                }, key: "publish")
            try await play(client)
        }
        scenario.verify = { (client) async throws(RPCError) in
            try await expect("told", ["flow", "program"], client)
        }
        return scenario
    }()

    /// A time that starts one execution a day.
    static let schedule = CrashScenario(
        name: "a schedule that fires",
        flows: [("Demo", flow(task("work")))],
        prepare: { (client) async throws(RPCError) in
            _ = try await client.insist(
                CreateSchedule.self,
                .with {
                    $0.flowName = "Demo"
                    $0.scheduleName = "daily"
                    $0.cronExpression = "0 35 9 * * *"
                    $0.payload = #"{"who":"world"}"#
                    $0.enable = true
                })
        },
        play: { (client) async throws(RPCError) in
            while true {
                let found = try await client.insist(ListExecutions.self, .with { $0.flowName = "Demo" })
                    .executions
                if let first = found.first {
                    await client.follow("Demo", first.name)
                    return
                }
                await client.pause(.seconds(10))
            }
        }, executions: [("Demo", "daily-20261123T093500Z")])
}
