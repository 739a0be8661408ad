import Glibc
import Logging
import Primitives
import RPCProtocol
import ServiceKit
import StateBackup
import SupplierRules

/// The rules service in its process.
struct SupplierRulesHost: HostedService {
    private let service: SupplierRulesService
    private let backup: StateBackup
    private let configuration: SupplierRulesConfiguration
    private let configurationFolder: String

    init(_ context: ServiceContext, _ configuration: SupplierRulesConfiguration) throws {
        backup = StateBackup(
            service: context.name, version: context.version, databases: [context.databasePath],
            world: context.world, logger: context.logger)
        self.configuration = configuration
        configurationFolder = context.configurationFolder
        let (logger, path) = (context.logger, context.databasePath)
        if configuration.rules.rules.isEmpty {
            logger.warning(
                "there are no rules in \(context.configurationFolder)/supplier-rules.d: orders will fail")
        }
        service = try SupplierRulesService(
            databasePath: path, loop: context.loop, world: context.world, logger: logger,
            metrics: context.metrics, rules: configuration.rules,
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
    var status: JSONObject { get async { await service.status } }
    var idleExitSeconds: Int? { configuration.idleExitSeconds }

    /// The rules only; when a file is broken the old rules stay in force.
    func reload() async throws {
        await service.use(try RuleFolder.load("\(configurationFolder)/supplier-rules.d"))
    }
}
