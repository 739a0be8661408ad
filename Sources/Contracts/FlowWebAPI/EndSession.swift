package import RPCProtocol

/// Signs a browser out; its next request is that of a stranger.
///
/// Durability: the session is gone from the disk when this returns.
package enum EndSession: RPCMethod {
    package struct Params: WireRecord {
        package var sessionID: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("SessionId", \.sessionID)
        ]
    }

    package typealias Result = NoFields

    package static let summary = "Signs a browser out"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [.sessionNotExists]
    package static let exampleParams = Params.with {
        $0.sessionID = "0123456789ab"
    }
    package static let exampleResult = Result()
}
