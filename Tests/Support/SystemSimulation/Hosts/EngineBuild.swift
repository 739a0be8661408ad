import FlowEngine
import FlowModel
import FlowSchedule
import FlowStore
import FlowStoreSQLite
import Logging
import Primitives
import RPCProtocol

/// flow-engine as its executable wires it.
enum EngineBuild {
    static let quiet = Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }

    /// The engine's own file of keys is part of no fault here: it is written once, before anything is served.
    static let keys = TaskTokenKeys(current: .init(id: "k1", bytes: Array(repeating: 7, count: 32)))

    static func settings(_ plan: WorkloadPlan) -> FlowEngineSettings {
        var settings = FlowEngineSettings()
        settings.limits = plan.limits
        settings.residentMax = plan.residentMax
        settings.endedResidentMax = plan.residentMax
        settings.segmentEventsMin = plan.segmentEventsMin
        settings.indexBatch = plan.indexBatch
        settings.wakeBatch = plan.wakeBatch
        settings.feedBatch = plan.feedBatch
        return settings
    }

    static func bindings() throws -> ResourceResolver {
        let functions = "acs:fc:*:*:services/FNFDemo-jiyuan*/functions/"
        let topics = "acs:mns:*:*:/topics/"
        return ResourceResolver(
            try [
                (topics + "generateInfo-fnf-demo-jiyuan/messages", ServiceName.rules, "GenerateInfo"),
                (topics + "payment-fnf-demo-jiyuan/messages", ServiceName.payments, "RequestPayment"),
                (functions + "zhifubao-fnf-demo", ServiceName.payments, "ChargeOrder"),
                (functions + "weixin-fnf-demo", ServiceName.payments, "ChargeOrder"),
                (functions + "union-fnf-demo", ServiceName.payments, "ChargeOrder"),
                (functions + "orderCompleted", ServiceName.orders, "CompleteOrder"),
                (functions + "cancerOrder", ServiceName.orders, "CancelOrder"),
                ("acs:fc:::services/S/functions/*", ServiceName.scripts, RunScript.name),
            ].map { try ResourceBinding(pattern: $0.0, target: .service($0.1), method: $0.2) })
    }

    static func build(_ around: SimulatedSurroundings) throws -> SimulatedService {
        let system = around.system
        let store = try SQLiteStore(path: around.databasePath)
        let engine = FlowEngineService(
            store: store, settings: settings(system.workloadPlan), keys: keys, resolver: try bindings(),
            callers: { around.caller($0.description, .task) }, world: around.world, loop: around.loop,
            logger: quiet, metrics: MetricSet(), zones: { _ in .unknown(nearest: []) }
        ) { around.end(because: "\($0)") }
        let journal = system.journal
        let skips = system.bugs.isOn(.skippedRecovery)
        return SimulatedService(
            methods: engine.methods, recover: { try await engine.recover() },
            start: { if !skips { await engine.start() } },
            inspect: { isFirst in
                if isFirst { journal.checkWhole(store) }
                // What the last incarnation committed may be of a time to which the clock was set back since.
                let now = isFirst ? Timestamp(microseconds: .max) : around.loop.wallClock
                journal.takeIn(store, at: now)
            }, drain: { await engine.drain() })
    }
}
