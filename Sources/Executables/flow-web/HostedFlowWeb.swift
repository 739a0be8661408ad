import FlowWeb
import FlowWebAPI
import HTTPMessage
import Primitives
import RPCProtocol
import ServiceKit

/// flow-web with its keys, its way to the engine and its process.
struct HostedFlowWeb: HostedService {
    let methods: HandlerTable
    let idleExitSeconds: Int?
    private let server: WebServer

    init(_ context: ServiceContext, _ configuration: FlowWebConfiguration) throws {
        idleExitSeconds = configuration.idleExitSeconds
        let engine = EngineCallers(
            world: context.world, loop: context.loop, metrics: context.metrics
        ) { context.ownCaller("flow-engine", door: $0) }
        let gate = InterimGate()
        var methods = HandlerTable()
        methods.on(CreateAccessKey.self) { params, _ in gate.put(params) }
        self.methods = methods
        let workflow = CloudEndpoint(
            gate: gate, engine: engine, world: context.world, logger: context.logger)
        server = try WebServer(
            cloud: FlowWebEndpoint(
                workflow: workflow,
                messages: MessageService(engine: engine, gate: gate, world: context.world)),
            legacy: NothingEndpoint(), context, configuration)
    }

    func recover() async throws {}

    var tcpServer: (any TCPServer)? { server }
}

/// Until the endpoints are wired.
struct NothingEndpoint: WebEndpoint {
    func bodyBytesMax(of head: WebHead) -> Int { 1 << 20 }

    func answer(_ request: WebRequest) async -> WebAnswer {
        WebAnswer(status: 404, contentType: "application/json;charset=utf-8", text: "{\"Code\":\"NotFound\"}")
    }

    func refusal(of fault: WebFault, head: WebHead?) -> WebAnswer {
        WebAnswer(status: 400, contentType: "application/json;charset=utf-8", text: "{}")
    }
}
