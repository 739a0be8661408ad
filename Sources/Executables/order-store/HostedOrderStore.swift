import Glibc
import Logging
import OrderStore
import Primitives
import RPCProtocol
import ServiceKit
import ServiceLedger
import StateBackup

/// The order store with its database, its way to the engine and its process.
struct HostedOrderStore: HostedService {
    let service: OrderStoreService
    let methods: HandlerTable
    let idleExitSeconds: Int?

    init(_ context: ServiceContext, _ configuration: OrderStoreConfiguration) throws {
        let (path, logger) = (context.databasePath, context.logger)
        let database = try ServiceDatabase.open(path) { OrderStoreMigrations.register(&$0) }
        let store = GroupCommit(database, loop: context.loop) { fault, isFatal in
            logger.critical(
                "\(fault)", metadata: ["messageID": "storeFault", "path": "\(path)", "error": "\(fault)"])
            // After a failed sync only the disk knows what is true. EX_IOERR: systemd starts the service
            // again.
            if isFatal { exit(74) }
        }
        service = OrderStoreService(
            store: store, engine: context.caller("flow-engine", door: .report),
            defaultFlow: configuration.flow,
            loop: context.loop, world: context.world, logger: logger, metrics: context.metrics)
        var methods = OrderStoreMethods.table(of: service)
        StateBackup(
            service: context.name, version: context.version, databases: [path], world: context.world,
            logger: logger
        ).add(to: &methods)
        self.methods = methods
        idleExitSeconds = configuration.idleExitSeconds
    }

    func recover() async throws { try await service.recover() }

    func start() async { await service.start() }

    func drain() async { await service.stop() }

    var status: JSONObject { get async { await service.status } }

    var isIdle: Bool { get async { await service.isIdle } }
}
