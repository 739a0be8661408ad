package import Primitives
package import RPCProtocol

/// The ways to order-store, for the article's URLs. A call that meets the end of its process is asked again.
package struct OrderCallers: Sendable {
    private let client: any RPCCaller
    private let service: any RPCCaller
    private let world: any World
    private let loop: any ServiceLoop
    private let limits: EngineLimits

    /// - Parameter client: order-store's client door.
    /// - Parameter service: its internal door.
    package init(
        client: any RPCCaller, service: any RPCCaller, world: any World, loop: any ServiceLoop,
        limits: EngineLimits = EngineLimits()
    ) {
        self.client = client
        self.service = service
        self.world = world
        self.loop = loop
        self.limits = limits
    }

    /// Every method that is called here may be repeated: the order's number names what it is about.
    func call<Method: RPCMethod>(
        _: Method.Type, _ params: Method.Params
    ) async throws(RPCFailure) -> Method.Result {
        let caller = Method.roles.contains(.service) ? service : client
        let meta = RPCMeta(deadlineMs: limits.answerTimeout.components.seconds * 1000)
        var repeated = RepeatedCall(Method.name, params.wire, since: world.now)
        while true {
            do throws(RPCFailure) { return try await caller.call(Method.self, params, meta: meta) } catch {
                guard repeated.mayFollow(error, at: world.now, limits) else { throw error }
                await loop.pause(limits.pause)
                if Task.isCancelled { throw .canceled }
            }
        }
    }
}
