import FlowCore
import FlowEngineAPI
import FlowModel
package import FlowSchedule
package import FlowStore
package import Logging
package import Primitives
package import RPCProtocol

/// The engine: takes what happens, lets the machines decide, makes it durable, then acts.
///
/// Everything runs on the service's loop. What arrives in one tick is staged, and committed once when the
/// tick ends; only then are replies sent, calls made and watchers told. A reader waits for the same commit,
/// so nobody sees what could still be undone.
package actor FlowEngineService {
    nonisolated let loop: any ServiceLoop
    let world: any World
    let store: any DurableStore
    let settings: FlowEngineSettings
    let keys: TaskTokenKeys
    let callers: @Sendable (TaskTarget) -> any RPCCaller
    let onBroken: @Sendable (StoreError) -> Void
    let metrics: EngineMetrics
    let log: ExecutionLog

    var resolver: ResourceResolver
    var resolvedBindings: [String: ResourceBinding] = [:]
    /// Resources that were asked for, also those that are none of the engine's.
    var engineResources: [String: EngineResource?] = [:]
    var flowsByName: [String: StoredFlow] = [:]
    var definitions: DefinitionCache
    var index: ExecutionIndex
    var registry: WorkerRegistry
    var timers = TimerQueue()
    let dispatcher: TaskDispatcher
    nonisolated let startGate: StartGate
    /// Attempts that have left their line.
    var departures = RateMeter()
    /// Transitions of a commit.
    var commitSizes = SizeMeter()
    var schedules = ScheduleDesk()
    let scheduleMetrics: ScheduleMetrics
    let zones: @Sendable (String) -> ZoneLookup

    var nextSequence: Int64 = 1
    var committedSequence: Int64 = 0
    /// What was on disk, or is lost, when this process began.
    var recoveredSequence: Int64 = 0
    /// Sequences that were acknowledged once and are gone: nobody may go on from there.
    var lostSequences: [ClosedRange<Int64>] = []
    /// Of the journal, as far as it is known; in a sentence each.
    var damages: [JournalDamage] = []

    /// No commit is made: a backup fixes the moment of every service.
    var isHeld = false
    var isVerifying = false
    var isSweeping = false
    var retentionTimer: (any LoopTimer)?
    /// Of the newest row that was ever removed.
    var removedSequence: Int64 = 0
    var staged: [StagedRow] = []
    var commitWaiters: [CheckedContinuation<StoreError?, Never>] = []
    var isCommitScheduled = false
    /// Catalog, schedules, queues or topics were changed in this tick.
    var hasChanges = false
    /// Why this tick can't be committed, found before its end.
    var tickFault: StoreError?
    /// What is done when the tick is on disk, and forgotten when the disk refuses it.
    var onCommit: [@Sendable (isolated FlowEngineService) -> Void] = []
    var openExecutions = 0

    /// Set for good when the disk's content is not known any more.
    var broken: StoreError?
    /// Executions whose last change was refused by the disk; they are read again and continued.
    var toRevive: Set<Int64> = []
    var reviveTimer: (any LoopTimer)?
    var storeFailures: Int64 = 0

    var indexTimer: (any LoopTimer)?
    var indexChanges = 0
    var indexIsDue = false
    var isDraining = false

    /// The open executions that a task started and awaits, by the task's execution and event.
    var children: [Int64: [Int64: Int64]] = [:]

    /// Long polls and streams that wait.
    var parked: [Int64: CheckedContinuation<RPCError?, Never>] = [:]
    var lastParked: Int64 = 0
    var endWaiters: [Int64: Set<Int64>] = [:]
    var executionWatches: [Int64: [Int64: ExecutionWatch]] = [:]
    var feeds: [Int64: Feed] = [:]

    var queues = QueueDesk()
    let queueMetrics: QueueMetrics
    var topics = TopicDesk()
    let topicMetrics: TopicMetrics
    var console = ConsoleDesk()

    package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

    /// - Parameter callers: gives the connection to a target; asked for each call.
    /// - Parameter zones: looks up the time zones that schedules name.
    /// - Parameter onBroken: told once when a sync has failed: nothing more is acknowledged, and the process
    ///   should end.
    package init(
        store: any DurableStore, settings: FlowEngineSettings = FlowEngineSettings(), keys: TaskTokenKeys,
        resolver: ResourceResolver, callers: @escaping @Sendable (TaskTarget) -> any RPCCaller,
        world: any World,
        loop: any ServiceLoop, logger: Logger, metrics: MetricSet,
        zones: @escaping @Sendable (String) -> ZoneLookup,
        onBroken: @escaping @Sendable (StoreError) -> Void
    ) {
        self.loop = loop
        self.world = world
        self.store = store
        self.settings = settings
        self.keys = keys
        self.callers = callers
        self.onBroken = onBroken
        self.resolver = resolver
        self.metrics = EngineMetrics(metrics)
        self.metrics.registerGauges()
        queueMetrics = QueueMetrics(metrics)
        queueMetrics.registerGauge()
        topicMetrics = TopicMetrics(metrics)
        topicMetrics.registerGauges()
        scheduleMetrics = ScheduleMetrics(metrics)
        scheduleMetrics.registerGauge()
        self.zones = zones
        log = ExecutionLog(logger: logger)
        definitions = DefinitionCache(
            catalog: store, limits: settings.limits, countMax: settings.definitionsMax)
        index = ExecutionIndex(table: store)
        registry = WorkerRegistry(openMax: settings.residentMax, endedMax: settings.endedResidentMax)
        dispatcher = TaskDispatcher(concurrencyMax: settings.dispatchConcurrencyMax)
        startGate = StartGate(backlogMax: settings.taskBacklogMax)
    }
}

/// A row that waits for the end of the tick, and what follows from it.
struct StagedRow {
    let row: JournalRow
    let worker: ExecutionWorker
    let events: [HistoryEvent]
    /// Of the last row of a transition.
    let commands: [Command]
}

extension FlowEngineService {
    /// Waits, in order to be told by `unpark`, and gives up when the caller is gone.
    func park(_ id: Int64) async -> RPCError? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled || isDraining {
                    continuation.resume(returning: Self.gone)
                } else {
                    parked[id] = continuation
                }
            }
        } onCancel: {
            loop.spawn { await self.unpark(id, Self.gone) }
        }
    }

    static let gone = RPCError(
        .canceled, "the wait was ended before what it waited for happened", retryable: true)

    func unpark(_ id: Int64, _ error: RPCError? = nil) {
        parked.removeValue(forKey: id)?.resume(returning: error)
    }

    func nextParkedID() -> Int64 {
        lastParked += 1
        return lastParked
    }

    /// Goes on in a later turn of the loop, so that a long piece of work lets others in between: in the
    /// second, because the first may still belong to the replies of this one.
    func nextTurn() async {
        await withCheckedContinuation { continuation in
            _ = loop.after(.zero) { [loop] in
                _ = loop.after(.zero) { continuation.resume() }
            }
        }
    }
}
