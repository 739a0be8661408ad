package import Primitives
package import RPCProtocol

/// The ways to order-store, for the article's URLs. A call that meets the end of its process is asked again.
package struct OrderCallers: Sendable {
    private let client: any RPCCaller
    private let service: any RPCCaller
    private let patient: PatientCalls

    /// - Parameter client: order-store's client door.
    /// - Parameter service: its internal door.
    package init(
        client: any RPCCaller, service: any RPCCaller, world: any World, loop: any ServiceLoop,
        limits: EngineLimits = EngineLimits()
    ) {
        self.client = client
        self.service = service
        patient = PatientCalls(world: world, loop: loop, limits: limits)
    }

    /// Every method that is called here may be repeated: the order's number names what it is about.
    func call<Method: RPCMethod>(
        _: Method.Type, _ params: Method.Params
    ) async throws(RPCFailure) -> Method.Result {
        try await patient.call(Method.roles.contains(.service) ? service : client, Method.self, params)
    }
}
