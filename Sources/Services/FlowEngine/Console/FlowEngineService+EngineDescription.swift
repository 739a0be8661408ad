import FlowEngineAPI
import FlowStore
import Primitives
import RPCProtocol

/// How the engine is doing.
extension FlowEngineService {
    /// Queues and subscriptions that are shown.
    private static let shownMax = 20
    /// Subscriptions with a backlog of which those are chosen.
    private static let backlogsMax = 1_000

    func describeEngine() async throws(RPCError) -> DescribeEngine.Result {
        await settle()
        let now = world.now
        var result = DescribeEngine.Result()
        result.time = now.description
        result.servingSince = console.servingSince.description
        result.executionsOpen = Int64(openExecutions)
        result.executionsResident = Int64(registry.count)
        result.tasksInFlight = Int64(dispatcher.inFlight)
        result.commits = console.commits
        result.taskLatency = console.taskLatency.record(until: now)
        result.commitLatency = console.commitLatency.record(until: now)
        result.queues = try answering { () throws(StoreError) in try queueDepths(at: now) }
        result.queuesTotal = Int64(try answering { () throws(StoreError) in try store.queueCount() })
        result.topics = try answering { () throws(StoreError) in try topicBacklogs() }
        result.pendingPushes = topics.pending
        result.storage = try storage()
        return result
    }

    private func queueDepths(at now: Timestamp) throws(StoreError) -> [QueueDepth] {
        var depths: [QueueDepth] = []
        for queue in try store.deepestQueues(limit: Self.shownMax) {
            let record = QueueRecord(queue, due: try store.dueMessages(of: queue.key, until: now))
            let oldest = try store.oldestMessages(of: queue.key, limit: 1).first
            depths.append(
                QueueDepth.with {
                    $0.queueName = queue.name
                    $0.activeMessages = record.activeMessages
                    $0.inactiveMessages = record.inactiveMessages
                    $0.delayMessages = record.delayMessages
                    $0.oldestTime = oldest?.enqueued.description
                })
        }
        return depths
    }

    private func topicBacklogs() throws(StoreError) -> [TopicBacklog] {
        var waiting: [StoredSubscription] = []
        for key in topics.lines.keys.prefix(Self.backlogsMax) {
            if let subscription = try store.subscription(key), subscription.pending > 0 {
                waiting.append(subscription)
            }
        }
        waiting.sort { ($0.pending, $1.key) > ($1.pending, $0.key) }
        return waiting.prefix(Self.shownMax).map { subscription in
            TopicBacklog.with {
                $0.topicName = subscription.topicName
                $0.subscriptionName = subscription.topic == 0 ? nil : subscription.name
                $0.pendingPushes = subscription.pending
                $0.nextTime = topics.timers.deadline(of: subscription.key)?.description
            }
        }
    }

    private func storage() throws(RPCError) -> StorageRecord {
        let footprint = try answering { () throws(StoreError) in try store.footprint() }
        return StorageRecord.with {
            $0.databaseBytes = footprint.database
            $0.walBytes = footprint.log
            $0.freeBytes = footprint.free
            $0.diskBytes = footprint.disk
            if let broken {
                $0.trouble = broken.description
            } else if storeFailures > 0 {
                $0.trouble = "the database refuses commits; see the journal"
            }
        }
    }
}
