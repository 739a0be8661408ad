package import FlowModel
package import RPCProtocol

/// The engine's bounds; each default says why that number.
package struct FlowEngineSettings: Sendable {
    package var limits = FlowLimits.standard
    package var wire = WireLimits()
    /// Task calls in flight over all services: four times what one binding may have by default.
    package var dispatchConcurrencyMax = 256
    /// Attempts that stand in line for their service before no execution is started from outside any more:
    /// half a second of work at the engine's full speed, and half of `residentMax`, so that those executions
    /// stay in memory until their turn.
    package var taskBacklogMax = 2048
    /// Executions whose machine is in memory; one that waits for a report is about 8 KiB.
    package var residentMax = 4096
    /// Ended executions whose machine is kept, for reports that are repeated shortly afterwards.
    package var endedResidentMax = 64
    /// Parsed definitions that are kept.
    package var definitionsMax = 256
    /// Changed executions after which the index is written: about 5 ms of work at a time.
    package var indexBatch = 512
    /// How long after a change the index is written when it is quiet.
    package var indexDelay: Duration = .seconds(1)
    /// The pause before a call is repeated, doubled each time.
    package var redeliveryFirst: Duration = .milliseconds(100)
    /// A service that comes back after a long time waits at most so long for its tasks.
    package var redeliveryMax: Duration = .seconds(10)
    /// Flows. Cloud: 10,000; here each costs a row.
    package var flowsMax = 100_000
    /// Executions that have not ended. Cloud: 10,000; here one that waits costs a row of the index and three
    /// places in memory, about 500 bytes.
    package var openExecutionsMax = 1_000_000
    /// Versions of one flow: as many as anybody can tell apart, and a page of them is small.
    package var flowVersionsMax = 1000
    /// Aliases of one flow; deleting a version looks at all of them.
    package var flowAliasesMax = 100
    /// Units: bytes. Cloud: not known. A page of a list should hold some.
    package var descriptionBytesMax = 4096
    /// Units: bytes, of RoleArn, ExternalStorageLocation and ResourceGroupId. Cloud: not known.
    package var attributeBytesMax = 1024
    /// Units: bytes of JSON. Each execution keeps a copy in its first row.
    package var environmentBytesMax = 4096
    /// Executions that are loaded in one turn of the loop: timers that are due at once, tasks after a
    /// restart.
    package var wakeBatch = 64
    /// Rows of the journal that a feed reads and sends before it asks for room: as many as a reader may be
    /// behind.
    package var feedBatch = 256
    /// Of these in one turn of the loop, together about 2 ms of work: more than a busy engine writes in one,
    /// so that a feed catches up.
    package var feedBatchesPerTurn = 4
    /// Queues; the list of their names is read whole by nobody. As many as flows in the cloud.
    package var queuesMax = 10_000
    /// Messages of one queue: with small bodies about 300 MB on disk, more than any worker is behind.
    package var queueMessagesMax = 1_000_000
    /// Units: bytes of a body. Cloud: 64 KiB; here as much as the data of a step, so that any input fits.
    package var messageBytesMax = 256 * 1024
    /// Messages that are woken, expired or purged in one turn of the loop: about 5 ms of work.
    package var queueBatch = 256
    /// How long a repeated call under the same idempotency key is answered as the first was. Source: wire
    /// protocol, "Delivery".
    package var queueAnswersKept: Duration = .seconds(7 * 86_400)

    /// Topics, as many as queues.
    package var topicsMax = 10_000
    /// Subscriptions of one topic: a publish looks at all of them. Cloud: 100.
    package var topicSubscriptionsMax = 100
    /// Messages of one topic that are on their way, each counted for each subscription: with small bodies
    /// about 30 MB on disk, an hour of 28 a second to an address that is down.
    package var pendingPushesMax = 100_000
    /// Calls of subscriptions under way at once, in all: a quarter of what tasks may have.
    package var pushConcurrencyMax = 64
    /// Calls of one subscription under way at once, so that a slow one leaves room for others.
    package var subscriptionConcurrencyMax = 8
    /// How much longer than the receiver has the engine waits for whoever carries a push.
    package var pushDeadlineMs: Int64 = 10_000

    /// Events after which an execution's state is written beside its rows, if they were at least as long as
    /// the last state. Replaying a thousand takes about 5 ms, the longest that one reader should hold the
    /// loop; most executions are shorter and never pay for a state.
    package var segmentEventsMin: Int64 = 1_000
    /// Events that a follower is sent from the journal before others get their turn.
    package var historyBatch: Int64 = 1_000
    /// Schedules of one flow. Cloud: not known; one a minute of the day fits nearly twice.
    package var flowSchedulesMax = 2500
    /// Units: bytes. Cloud: not known; as large as the cloud's data of an event.
    package var schedulePayloadBytesMax = 64 * 1024
    /// How long a schedule waits that could not be carried out, e.g. because its time zone is gone: as long
    /// as the smallest interval.
    package var scheduleRetry: Duration = .seconds(60)
    /// Missed times are counted so far: a week of every minute, about 10 ms of work.
    package var missedCountMax = 10_080

    /// Executions of the index that a search looks at in one turn of the loop: about 2 ms of work.
    package var searchBatch = 500
    /// Searches at once: each takes its turns of the loop, and others shall have theirs.
    package var searchesMax = 8
    /// Executions that one page of a search looks at.
    package var searchExaminedMax = 100_000
    /// Executions into whose input and output one page of a search looks.
    package var searchPayloadsMax = 2_000
    /// Units: bytes of rows that one page of a search reads for that.
    package var searchPayloadBytesMax = 64 * 1024 * 1024
    /// Units: bytes of rows that it reads in one turn of the loop, if there is more than one: about 2 ms.
    package var searchTurnBytesMax = 256 * 1024
    /// Waiting tasks that one page of their list looks at.
    package var waitingExaminedMax = 20_000
    /// A change is told to who follows the counts, and then no other so long.
    package var activityPause: Duration = .milliseconds(250)

    /// Which ended executions go, and when. None: all are kept, because nobody was asked whether they may go.
    package var retention: [RetentionRule] = []
    /// After the start, when the first tasks were delivered again.
    package var retentionFirst: Duration = .seconds(60)
    /// A pass over a million executions takes about 2 s of the loop's time.
    package var retentionEvery: Duration = .seconds(3600)
    /// Whoever started an execution may ask again, under the same name, until it is known to be answered.
    package var retentionAgeMin: Duration = .seconds(86_400)

    package init() {}
}
