import Glibc
import HTTPClient
import HTTPEgress
import Primitives
import RPCProtocol
import ServiceKit

/// The way out in its process: the policy of the configuration, the host's resolver, the sender.
struct HostedHTTPEgress: HostedService {
    private let service: HTTPEgressService
    private let configuration: HTTPEgressConfiguration
    private let configurationFolder: String

    init(_ context: ServiceContext, _ configuration: HTTPEgressConfiguration) {
        self.configuration = configuration
        configurationFolder = context.configurationFolder
        let work = BlockingWork()
        service = HTTPEgressService(
            policy: configuration.policy, limits: configuration.limits,
            resolver: SystemResolver(eventLoop: context.eventLoop, work: work),
            sender: HTTPClient(eventLoop: context.eventLoop, work: work), loop: context.loop,
            world: context.world, logger: context.logger, metrics: context.metrics)
    }

    /// `fnfctl up` says so of its own processes; no unit does.
    static var allowsLoopback: Bool { getenv("FNF_EGRESS_LOOPBACK").map { String(cString: $0) } == "1" }

    var methods: HandlerTable { service.methods }
    func recover() async throws {}
    var status: JSONObject { get async { await service.status } }
    var isIdle: Bool { get async { await service.isIdle } }
    var idleExitSeconds: Int? { configuration.idleExitSeconds }
    var limits: WireLimits { configuration.wire }

    /// The lists; the limits hold until the next start.
    func reload() async throws {
        let now = try HTTPEgressConfiguration(
            folder: configurationFolder, allowsLoopback: Self.allowsLoopback)
        await service.use(now.policy)
    }
}
