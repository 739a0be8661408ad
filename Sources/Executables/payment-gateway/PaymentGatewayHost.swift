import Glibc
import Logging
import PaymentGateway
import Primitives
import RPCProtocol
import ServiceKit
import StateBackup

/// The gateway in its process.
struct PaymentGatewayHost: HostedService {
    private let service: PaymentGatewayService
    private let backup: StateBackup
    private let configuration: PaymentGatewayConfiguration

    init(_ context: ServiceContext, _ configuration: PaymentGatewayConfiguration) throws {
        backup = StateBackup(
            service: context.name, version: context.version, databases: [context.databasePath],
            world: context.world, logger: context.logger)
        self.configuration = configuration
        let (logger, path) = (context.logger, context.databasePath)
        service = try PaymentGatewayService(
            databasePath: path, loop: context.loop, world: context.world, logger: logger,
            metrics: context.metrics, discounts: configuration.discounts,
            orderStore: context.caller("order-store", door: .internal),
            engine: context.caller("flow-engine", door: .report)
        ) { fault, isFatal in
            logger.error(
                "\(fault)", metadata: ["messageID": "storeFault", "path": "\(path)", "error": "\(fault)"])
            // After a refused sync only the disk knows what it holds: the next process reads it.
            if isFatal { exit(1) }
        }
    }

    var methods: HandlerTable {
        var methods = service.methods
        backup.add(to: &methods)
        return methods
    }
    func recover() async throws { try await service.recover() }
    func start() async { await service.start() }
    func drain() async { await service.drain() }
    var status: JSONObject { get async { await service.status } }
    var isIdle: Bool { get async { await service.isIdle } }
    var idleExitSeconds: Int? { configuration.idleExitSeconds }
}
