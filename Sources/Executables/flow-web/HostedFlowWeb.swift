import FlowWeb
import Glibc
import HTTPMessage
import Logging
import Primitives
import RPCProtocol
import ServiceKit
import SystemdKit

/// flow-web with its keys, its way to the engine and its process.
struct HostedFlowWeb: HostedService {
    let methods: HandlerTable
    let idleExitSeconds: Int?
    private let desk: AccessDesk
    private let server: WebServer

    init(_ context: ServiceContext, _ configuration: FlowWebConfiguration) throws {
        idleExitSeconds = configuration.idleExitSeconds
        let engine = EngineCallers(
            world: context.world, loop: context.loop, metrics: context.metrics
        ) { context.ownCaller("flow-engine", door: $0) }
        let (logger, folder) = (context.logger, context.stateDirectory)
        desk = try AccessDesk.open(
            folder: folder, credential: try Credentials().bytes(AccessCredential.name),
            boot: KernelBoot.id(), settings: configuration.access, world: context.world, loop: context.loop,
            logger: logger, metrics: context.metrics
        ) { fault, isFatal in
            logger.error(
                "\(fault)", metadata: ["messageID": "storeFault", "path": "\(folder)", "error": "\(fault)"])
            // After a refused sync only the disk knows what it holds: the next process reads it.
            if isFatal { exit(1) }
        }
        methods = FlowWebMethods.table(desk)
        let workflow = CloudEndpoint(
            gate: desk, engine: engine, world: context.world, logger: context.logger)
        server = try WebServer(
            cloud: FlowWebEndpoint(
                workflow: workflow,
                messages: MessageService(engine: engine, gate: desk, world: context.world)),
            legacy: LegacyEndpoint(
                orders: Self.legacyOrders(context, engine), allowOrigin: configuration.legacyOrigin),
            context, configuration)
    }

    private static func legacyOrders(_ context: ServiceContext, _ engine: EngineCallers) -> LegacyOrders {
        let orders = OrderCallers(
            client: context.caller("order-store", door: .client),
            service: context.caller("order-store", door: .internal), world: context.world,
            loop: context.loop)
        return LegacyOrders(engine: engine, orders: orders, loop: context.loop)
    }

    func recover() async throws {}
    func drain() async { await desk.close() }
    var status: JSONObject { get async { await desk.status } }

    var tcpServer: (any TCPServer)? { server }
}
