import FlowWeb
import Glibc
import HTTPMessage
import Logging
import Primitives
import RPCProtocol
import ServiceKit
import StateBackup
import SystemdKit

/// flow-web with its keys, its way to the engine and its process.
struct HostedFlowWeb: HostedService {
    let methods: HandlerTable
    let idleExitSeconds: Int?
    private let desk: AccessDesk
    private let sessions: SessionDesk
    private let engine: EngineCallers
    private let server: WebServer

    init(_ context: ServiceContext, _ configuration: FlowWebConfiguration) throws {
        let (logger, path) = (context.logger, context.databasePath)
        desk = try AccessDesk.open(
            folder: context.stateDirectory, credential: try Credentials().bytes(AccessCredential.name),
            boot: KernelBoot.id(), settings: configuration.access, world: context.world,
            loop: context.loop, logger: logger, metrics: context.metrics
        ) { fault, isFatal in
            logger.critical(
                "\(fault)", metadata: ["messageID": "storeFault", "path": "\(path)", "error": "\(fault)"])
            // After a failed sync only the disk knows what is true. EX_IOERR: systemd starts the service
            // again.
            if isFatal { exit(74) }
        }
        sessions = try SessionDesk.open(access: desk, settings: configuration.sessions)
        engine = EngineCallers(
            limits: configuration.engine, world: context.world, loop: context.loop, metrics: context.metrics
        ) { context.ownCaller("flow-engine", door: $0) }
        let workflow = CloudEndpoint(gate: desk, engine: engine, world: context.world, logger: logger)
        let messages = MessageService(engine: engine, gate: desk, world: context.world)
        server = try WebServer(
            cloud: FlowWebEndpoint(
                workflow: workflow, messages: messages,
                pages: WebPageSet.endpoint(
                    context, configuration, gate: sessions, signingIn: SessionPages.routes(sessions))),
            legacy: LegacyEndpoint(
                orders: Self.legacyOrders(context, engine), allowOrigin: configuration.legacyOrigin),
            addresses: sessions.addresses, context, configuration)
        var methods = FlowWebMethods.table(desk, sessions)
        // Nonces are true of one boot and one place: a copy of them would refuse nothing.
        StateBackup(
            service: context.name, version: context.version, databases: [path], world: context.world,
            logger: logger
        ).add(to: &methods)
        self.methods = methods
        idleExitSeconds = configuration.idleExitSeconds
    }

    private static func legacyOrders(_ context: ServiceContext, _ engine: EngineCallers) -> LegacyOrders {
        let orders = OrderCallers(
            client: context.caller("order-store", door: .client),
            service: context.caller("order-store", door: .internal), world: context.world,
            loop: context.loop)
        return LegacyOrders(engine: engine, orders: orders, loop: context.loop)
    }

    func recover() async throws {}
    func drain() async {
        await sessions.close()
        await desk.close()
    }

    /// A certificate that was renewed is shown to who connects from now on.
    func reload() async throws { try server.reload() }

    var tcpServer: (any TCPServer)? { server }

    /// Shape: what the desk says, and `{"sessions":n,"engineWaits":{"calls":n,"connections":n}}`
    var status: JSONObject {
        get async {
            var status = await desk.status
            status["sessions"] = .integer(Int64(await sessions.openSessions))
            let waits: JSONObject = [
                "calls": .integer(Int64(engine.waits.calls)),
                "connections": .integer(Int64(engine.waits.connections)),
            ]
            status["engineWaits"] = .object(waits)
            return status
        }
    }
}
