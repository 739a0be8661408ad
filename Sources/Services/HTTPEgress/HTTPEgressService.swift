import HTTPEgressAPI
package import HTTPMessage
package import Logging
package import Primitives
package import RPCProtocol

/// The only way out: sends requests to the addresses that the policy allows, and holds nothing else.
package actor HTTPEgressService {
    let loop: any ServiceLoop
    let world: any World
    let logger: Logger
    let metrics: EgressMetrics
    let limits: EgressLimits
    let resolver: any NameResolver
    let sender: any HTTPSender
    var policy: EgressPolicy
    private var inFlight = 0
    private var inFlightByOrigin: [String: Int] = [:]
    /// When the journal was last told of an origin.
    var refusals: [String: Timestamp] = [:]

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        loop.executor.asUnownedSerialExecutor()
    }

    package init(
        policy: EgressPolicy, limits: EgressLimits = EgressLimits(), resolver: any NameResolver,
        sender: any HTTPSender, loop: any ServiceLoop, world: any World, logger: Logger, metrics: MetricSet
    ) {
        self.policy = policy
        self.limits = limits
        self.resolver = resolver
        self.sender = sender
        self.loop = loop
        self.world = world
        self.logger = logger
        self.metrics = EgressMetrics(metrics)
    }

    /// For the next requests; those under way are not disturbed.
    package func use(_ policy: EgressPolicy) { self.policy = policy }

    package var isIdle: Bool { inFlight == 0 }

    /// Shape: `{"allow":[…],"bindings":[…],"networks":[…],"loopback":false,"inFlight":n}`
    package var status: JSONObject {
        [
            "allow": .array(policy.allowed.map { .string($0.description) }),
            "bindings": .array(policy.bound.map { .string($0.description) }),
            "networks": .array(policy.networks.map { .string($0.description) }),
            "loopback": .bool(policy.allowsLoopback), "inFlight": .integer(Int64(inFlight)),
        ]
    }

    package nonisolated var methods: HandlerTable {
        var table = HandlerTable()
        table.on(SendRequest.self) { (params, context) throws(RPCError) in
            try await self.send(params, task: context.meta.task)
        }
        return table
    }

    func enter(_ origin: String) throws(RPCError) {
        let here = inFlightByOrigin[origin, default: 0]
        guard inFlight < limits.requestsMax, here < limits.originRequestsMax else {
            metrics.note(.throttled)
            let bound =
                here < limits.originRequestsMax
                ? "\(limits.requestsMax) requests are under way (requestsMax)"
                : "\(here) requests to \(origin) are under way (originRequestsMax)"
            throw .throttled("\(bound); call again later", retryAfter: .milliseconds(100))
        }
        inFlight += 1
        inFlightByOrigin[origin] = here + 1
        metrics.showInFlight(inFlight)
    }

    func leave(_ origin: String) {
        inFlight -= 1
        let here = inFlightByOrigin[origin, default: 1] - 1
        inFlightByOrigin[origin] = here == 0 ? nil : here
        metrics.showInFlight(inFlight)
    }
}
