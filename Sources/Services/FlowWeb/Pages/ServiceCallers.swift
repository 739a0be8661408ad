package import Primitives
package import RPCProtocol
package import WebPages

/// The doors of one service, for pages.
package final class ServiceCallers: ServicePort {
    private let client: any RPCCaller
    private let admin: any RPCCaller
    private let patient: PatientCalls

    /// - Parameter connect: a caller to a door; its streams have connections of their own.
    package init(
        world: any World, loop: any ServiceLoop, limits: EngineLimits = EngineLimits(),
        connect: (RPCDoor) -> any RPCCaller
    ) {
        client = connect(.client)
        admin = connect(.admin)
        patient = PatientCalls(world: world, loop: loop, limits: limits)
    }

    package func call<Method: RPCMethod>(
        _: Method.Type, _ params: Method.Params, as role: VisitorRole?
    ) async throws(RPCFailure) -> Method.Result {
        try Self.check(Method.self, role)
        return try await patient.call(
            role == .admin ? admin : client, Method.self, params, key: makeUUID(from: patient.world))
    }

    package func follow<Method: RPCStreamMethod>(
        _: Method.Type, _ params: Method.Params,
        onItem: @escaping @Sendable (Method.Item) async throws -> Void
    ) async throws(RPCFailure) -> Method.Result {
        try await client.stream(Method.self, params, onItem: onItem)
    }

    /// The client door takes more than a visitor with the role `read` may do: the role decides here, the door
    /// once more at the service.
    private static func check<Method: RPCMethod>(
        _: Method.Type, _ role: VisitorRole?
    ) throws(RPCFailure) {
        guard let role, let granted = AccessGrant.Role(rawValue: role.rawValue) else { return }
        guard AccessGrant(accessKeyID: "", role: granted).mayCall(Method.roles) else {
            throw .answered(
                RPCError(.accessDenied, "\(Method.name) needs another role than \(role.rawValue)"))
        }
    }
}
