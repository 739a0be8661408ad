import FlowEngineAPI
import FlowSchedule
import FlowStore
import Logging
import LoopSupport
import Primitives
import RPCProtocol
import Synchronization

@testable import FlowEngine

/// An engine on a loop of its own, with services that answer its tasks in the same process.
final class EngineUnderTest: Sendable {
    let loop: TestLoop
    let store: any DurableStore
    let engine: FlowEngineService
    let metrics = MetricSet()
    let services: TaskServices
    let log = LogLines()
    let faults = FaultList()

    static let keys = TaskTokenKeys(current: .init(id: "k1", bytes: Array(repeating: 7, count: 32)))

    /// - Parameter services: what tasks call; kept over a restart as other processes would be.
    init(
        _ store: any DurableStore = MemoryStore(), services: TaskServices = TaskServices(),
        settings: FlowEngineSettings = FlowEngineSettings(), loop: TestLoop = TestLoop(),
        zones: @escaping @Sendable (String) -> ZoneLookup = { _ in .unknown(nearest: []) }
    ) async throws {
        self.loop = loop
        self.store = store
        self.services = services
        let (log, faults) = (log, faults)
        engine = FlowEngineService(
            store: store, settings: settings, keys: Self.keys, resolver: try TaskServices.resolver(),
            callers: { target in services.caller(target) }, world: TestWorld(loop), loop: loop,
            logger: Logger(label: "engine") { _ in log.handler }, metrics: metrics,
            zones: zones
        ) { error in
            faults.add(error)
        }
        try await engine.recover()
        await engine.start()
    }

    /// Another engine on the same store, as after a kill: the first one is simply left behind.
    func restarted(on store: (any DurableStore)? = nil) async throws -> EngineUnderTest {
        await engine.abandon()
        return try await EngineUnderTest(store ?? self.store, services: services, loop: loop)
    }

    func door(_ door: RPCDoor) -> DeclaredErrorsCaller {
        DeclaredErrorsCaller(engine.methods, door: door)
    }
    var client: DeclaredErrorsCaller { door(.client) }

    /// What the engine was broken by.
    final class FaultList: Sendable {
        private let list = Mutex<[StoreError]>([])
        var all: [StoreError] { list.withLock { $0 } }
        func add(_ error: StoreError) { list.withLock { $0.append(error) } }
    }
}

extension FlowEngineService {
    /// What a kill does, as far as others can see: no further call leaves, and nothing more is committed.
    func abandon() {
        isDraining = true
        broken = .unavailable(path: "", reason: "this process was killed")
        dispatcher.stop()
        topics.stop()
        timers.disarm()
        queues.timers.disarm()
        schedules.timers.disarm()
        indexTimer?.cancel()
        reviveTimer?.cancel()
    }
}

// MARK: - What tests say often

extension EngineUnderTest {
    @discardableResult
    func apply(_ definition: String, as name: String = "Demo") async throws -> FlowRecord {
        try await door(.admin).call(
            CreateFlow.self,
            .with {
                $0.name = name
                $0.definition = definition
            })
    }

    @discardableResult
    func begin(
        _ name: String = "run", flow: String = "Demo", input: String = #"{"order":"o-1"}"#,
        labels: JSONObject = [:]
    ) async throws -> ExecutionRecord {
        try await client.call(
            StartExecution.self,
            .with {
                $0.flowName = flow
                $0.executionName = name
                $0.input = input
                $0.labels = labels
            })
    }

    func describe(_ name: String = "run", flow: String = "Demo", wait: Int64? = nil) async throws
        -> ExecutionRecord
    {
        try await client.call(
            DescribeExecution.self,
            .with {
                $0.flowName = flow
                $0.executionName = name
                $0.waitTimeSeconds = wait
            })
    }

    /// Waits for the end, which the test's clock does not hurry.
    func end(_ name: String = "run") async throws -> ExecutionRecord { try await describe(name, wait: 60) }

    func history(_ name: String = "run", through door: RPCDoor = .client) async throws -> [EventRecord] {
        let result = try await self.door(door).call(
            GetExecutionHistory.self,
            .with {
                $0.flowName = "Demo"
                $0.executionName = name
                $0.limit = 1000
            })
        return result.events
    }

    func openTasks(_ name: String = "run", through door: RPCDoor = .client) async throws -> [OpenTask] {
        let result = try await self.door(door).call(
            ListOpenTasks.self,
            .with {
                $0.flowName = "Demo"
                $0.executionName = name
            })
        return result.tasks
    }

    func succeed(_ token: String, _ output: String = "{}", key: String? = nil) async throws -> Int64 {
        let result = try await door(.report).call(
            ReportTaskSucceeded.self,
            .with {
                $0.taskToken = token
                $0.output = output
            }, meta: RPCMeta(idempotencyKey: key))
        return result.eventId
    }

    func fail(_ token: String, _ error: String, key: String? = nil) async throws -> Int64 {
        let result = try await door(.report).call(
            ReportTaskFailed.self,
            .with {
                $0.taskToken = token
                $0.error = error
                $0.cause = "because"
            }, meta: RPCMeta(idempotencyKey: key))
        return result.eventId
    }
}

/// The answer a call was refused with.
func refusal(_ body: () async throws -> some Any) async -> RPCError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return (error as? RPCFailure)?.answer
    }
}
