import FlowEngine
import FlowStoreSQLite
import Glibc
import Logging
import Primitives
import RPCProtocol
import ServiceKit
import StateBackup
import ZoneDatabase

/// The flow engine with its database, its keys, its way to the services and its process.
struct HostedFlowEngine: HostedService {
    let engine: FlowEngineService
    let methods: HandlerTable
    let idleExitSeconds: Int?
    let limits: WireLimits
    private let configurationFolder: String

    init(_ context: ServiceContext, _ configuration: FlowEngineConfiguration) throws {
        let logger = context.logger
        let store = try SQLiteStore(path: context.databasePath)
        let keys = try TaskTokenKeyFile.open(in: context.stateDirectory, world: context.world)
        engine = FlowEngineService(
            store: store, settings: configuration.settings, keys: keys, resolver: configuration.resolver,
            callers: { target in
                switch target {
                case .service(let name): context.caller(name, door: .task)
                case .socket(let path): context.caller(socket: path)
                case .http: context.caller("http-egress", door: .task)
                }
            },
            world: context.world, loop: context.loop, logger: logger, metrics: context.metrics,
            zones: ZoneDatabase().lookUp
        ) { fault in
            logger.critical(
                "\(fault); the process ends, its next start reads what is on disk",
                metadata: ["messageID": "storeFault", "path": "\(store.path)", "error": "\(fault)"])
            // EX_IOERR: systemd starts the service again.
            exit(74)
        }
        var methods = engine.methods
        StateBackup(
            service: context.name, version: context.version, databases: [store.path],
            files: ["\(context.stateDirectory)/\(TaskTokenKeyFile.name)"], world: context.world,
            logger: logger
        ).add(to: &methods)
        self.methods = methods
        idleExitSeconds = configuration.idleExitSeconds
        limits = configuration.settings.wire
        configurationFolder = context.configurationFolder
    }

    func recover() async throws { try await engine.recover() }

    func start() async { await engine.start() }

    /// The bindings only; what `flow-engine.yaml` says holds until the next start.
    func reload() async throws { await engine.rebind(try ResourceResolver(folder: configurationFolder)) }

    func drain() async { await engine.drain() }

    var status: JSONObject { get async { await engine.status } }

    var isIdle: Bool { get async { await engine.isIdle } }
}
