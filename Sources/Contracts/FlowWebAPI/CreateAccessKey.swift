package import RPCProtocol

/// Makes an access key. Its secret is answered here and never again.
///
/// Durability: the key is on disk when this returns. A repeat with the same id, secret and rights is answered
/// as the first; without an id and a secret of one's own it makes another key, because the first one's secret
/// is not kept for an answer.
package enum CreateAccessKey: RPCMethod {
    package struct Params: WireRecord {
        package var accessKeyID: String?
        package var secret: String?
        package var role: AccessKeyRole = .operate
        package var flows: [String] = []
        package var description: String = ""
        package var replace: Bool = false

        package init() {}

        package static let fields: [WireField<Params>] = [
            .optional(
                "AccessKeyId", \.accessKeyID,
                "1 to 128 of letters, digits, '.', '_' and '-'; made up if not given"),
            .optional("Secret", \.secret, "1 to 256 visible ASCII characters; made up if not given"),
            .defaulted("Role", \.role),
            .defaulted(
                "Flows", \.flows,
                "At most 32 patterns of flow names, * is any text; empty: all flows"),
            .defaulted("Description", \.description, "At most 256 bytes"),
            .defaulted(
                "Replace", \.replace,
                "A key with this id gets this secret, role and flows instead of an error, and is enabled"),
        ]
    }

    package struct Result: WireRecord {
        package var accessKeyID: String = ""
        package var secret: String = ""
        package var role: AccessKeyRole = .operate
        package var flows: [String] = []
        package var description: String = ""
        package var enabled: Bool = true
        package var createdTime: String = ""

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("AccessKeyId", \.accessKeyID),
            .required("Secret", \.secret, "Shown this once"),
            .required("Role", \.role),
            .defaulted("Flows", \.flows),
            .defaulted("Description", \.description),
            .required("Enabled", \.enabled),
            .defaulted("CreatedTime", \.createdTime),
        ]
    }

    package static let summary = "Creates an access key and answers its secret, once"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [
        .invalidAccessKey, .accessKeyAlreadyExists, .accessKeyNumExceededLimit,
    ]
    package static let exampleParams = Params.with {
        $0.role = .operate
        $0.flows = ["Order*"]
        $0.description = "the shop"
    }
    package static let exampleResult = Result.with {
        $0.accessKeyID = "LTAIexampleexampleexampl"
        $0.secret = "exampleexampleexampleexampleex"
        $0.role = .operate
        $0.flows = ["Order*"]
        $0.description = "the shop"
        $0.createdTime = "2026-11-23T09:30:00.000Z"
    }
}
