package import RPCProtocol

/// Makes a link that signs a browser in, once.
///
/// Durability: the link is on disk, as a hash, when this returns, and outlives the service until it is used
/// or over. A repeat makes another link.
package enum CreateSignInLink: RPCMethod {
    package struct Params: WireRecord {
        package var role: AccessKeyRole = .admin
        package var flows: [String] = []
        package var name: String?
        package var lifetimeSeconds: Int64?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .defaulted("Role", \.role, "What the session may do"),
            .defaulted(
                "Flows", \.flows, "At most 32 patterns of flow names, * is any text; empty: all flows"),
            .optional(
                "Name", \.name,
                "Whom the session is shown as: 1 to 64 characters; the caller's uid if not given"),
            .optional("LifetimeSeconds", \.lifetimeSeconds, "1 to 3600, 300 if not given"),
        ]
    }

    package struct Result: WireRecord {
        package var path: String = ""
        package var addresses: [String] = []
        package var role: AccessKeyRole = .admin
        package var expiresTime: String = ""

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Path", \.path, "Of the URL; shown this once"),
            .defaulted(
                "Addresses", \.addresses,
                "Where this service serves pages, the best first; empty: no HTTP listener was passed"),
            .required("Role", \.role),
            .required("ExpiresTime", \.expiresTime),
        ]
    }

    package static let summary = "Makes a link that signs a browser in, once"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [.invalidSignInLink, .signInLinkNumExceededLimit]
    package static let exampleParams = Params.with {
        $0.role = .operate
        $0.name = "li"
    }
    package static let exampleResult = Result.with {
        $0.path = "/signin/0123456789abcdef0123456789abcdef0123456789abcdef"
        $0.addresses = ["http://127.0.0.1:8080"]
        $0.role = .operate
        $0.expiresTime = "2026-11-23T09:35:00.000Z"
    }
}
