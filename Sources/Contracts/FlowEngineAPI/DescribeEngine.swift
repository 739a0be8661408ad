package import RPCProtocol

/// How the engine is doing: how long things take, what has piled up, and the room that is left. Ours: the
/// cloud has no such action.
package enum DescribeEngine: RPCMethod {
    package typealias Params = NoFields

    package struct Result: WireRecord {
        package var time: String = ""
        package var servingSince: String = ""
        package var executionsOpen: Int64 = 0
        package var executionsResident: Int64 = 0
        package var tasksInFlight: Int64 = 0
        package var commits: Int64 = 0
        package var taskLatency = LatencyRecord()
        package var commitLatency = LatencyRecord()
        package var queues: [QueueDepth] = []
        package var queuesTotal: Int64 = 0
        package var topics: [TopicBacklog] = []
        package var pendingPushes: Int64 = 0
        package var storage = StorageRecord()

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Time", \.time),
            .required("ServingSince", \.servingSince, "When this process began to serve"),
            .required("ExecutionsOpen", \.executionsOpen),
            .required("ExecutionsResident", \.executionsResident, "Whose machine is in memory"),
            .required("TasksInFlight", \.tasksInFlight, "Calls under way now"),
            .required("Commits", \.commits, "Since ServingSince, each synced to disk"),
            .required(
                "TaskLatency", \.taskLatency,
                "Attempts of tasks, from scheduled to ended; of one that awaits a report, to delivered"),
            .required("CommitLatency", \.commitLatency, "Writing and syncing of the engine's commits"),
            .required("Queues", \.queues, "The deepest that are not empty, at most 20"),
            .required("QueuesTotal", \.queuesTotal),
            .required("Topics", \.topics, "Subscriptions with messages on their way, at most 20"),
            .required("PendingPushes", \.pendingPushes, "Over all topics"),
            .required("Storage", \.storage),
        ]
    }

    package static let summary = "Shows latencies, backlogs and storage of the engine"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = []
    package static let exampleParams = Params()
    package static let exampleResult = Result.with {
        $0.time = "2026-11-23T09:30:01.000Z"
        $0.servingSince = "2026-11-23T08:00:00.000Z"
        $0.executionsOpen = 1
        $0.commits = 214
        $0.taskLatency = LatencyRecord.with {
            $0.count = 80
            $0.p50Micros = 2_100
            $0.p99Micros = 18_000
            $0.maxMicros = 19_400
        }
        $0.queues = [
            QueueDepth.with {
                $0.queueName = "letters"
                $0.activeMessages = 3
            }
        ]
        $0.queuesTotal = 1
        $0.storage.databaseBytes = 1_048_576
    }
}

/// How long something took in the last hour.
package struct LatencyRecord: WireRecord {
    package var count: Int64 = 0
    package var p50Micros: Int64 = 0
    package var p99Micros: Int64 = 0
    package var maxMicros: Int64 = 0

    package init() {}

    package static let fields: [WireField<LatencyRecord>] = [
        .required("Count", \.count, "In the last hour, since the process began at most"),
        .required("P50Micros", \.p50Micros, "Half took no longer, in microseconds; within 10 %"),
        .required("P99Micros", \.p99Micros, "99 of 100 took no longer"),
        .required("MaxMicros", \.maxMicros, "The longest"),
    ]
}

/// What lies in a queue.
package struct QueueDepth: WireRecord {
    package var queueName: String = ""
    package var activeMessages: Int64 = 0
    package var inactiveMessages: Int64 = 0
    package var delayMessages: Int64 = 0
    package var oldestTime: String?

    package init() {}

    package static let fields: [WireField<QueueDepth>] = [
        .required("QueueName", \.queueName),
        .required("ActiveMessages", \.activeMessages, "That could be received now"),
        .required("InactiveMessages", \.inactiveMessages, "Received and not deleted yet"),
        .required("DelayMessages", \.delayMessages, "Whose delay has not passed yet"),
        .optional("OldestTime", \.oldestTime, "When the oldest message was put in"),
    ]
}

/// Messages of a topic that one subscription has not got yet.
package struct TopicBacklog: WireRecord {
    package var topicName: String = ""
    package var subscriptionName: String?
    package var pendingPushes: Int64 = 0
    package var nextTime: String?

    package init() {}

    package static let fields: [WireField<TopicBacklog>] = [
        .required("TopicName", \.topicName),
        .optional("SubscriptionName", \.subscriptionName, "Missing for a binding of resources.d"),
        .required("PendingPushes", \.pendingPushes),
        .optional("NextTime", \.nextTime, "When the next is tried"),
    ]
}

/// What is stored, and the room that is left for more.
package struct StorageRecord: WireRecord {
    package var databaseBytes: Int64 = 0
    package var walBytes: Int64 = 0
    package var freeBytes: Int64 = 0
    package var diskBytes: Int64 = 0
    package var trouble: String?

    package init() {}

    package static let fields: [WireField<StorageRecord>] = [
        .required("DatabaseBytes", \.databaseBytes),
        .required("WalBytes", \.walBytes, "Of the log that is merged into the database as it grows"),
        .required("FreeBytes", \.freeBytes, "Of the file system that services may use"),
        .required("DiskBytes", \.diskBytes, "Of the file system in all"),
        .optional("Trouble", \.trouble, "Why the database takes no commits now"),
    ]
}
