package import RPCProtocol

/// An access key as it may be shown: without its secret.
package struct AccessKeyRecord: WireRecord {
    package var accessKeyID: String = ""
    package var role: AccessKeyRole = .operate
    package var flows: [String] = []
    package var description: String = ""
    package var enabled: Bool = true
    package var createdTime: String = ""
    package var lastUsedTime: String?

    package init() {}

    package static let fields: [WireField<AccessKeyRecord>] = [
        .required("AccessKeyId", \.accessKeyID),
        .required("Role", \.role),
        .defaulted("Flows", \.flows, "Patterns of flow names, * is any text; empty: all flows"),
        .defaulted("Description", \.description),
        .required("Enabled", \.enabled),
        .defaulted("CreatedTime", \.createdTime),
        .optional("LastUsedTime", \.lastUsedTime, "Absent: never; written down within a minute"),
    ]
}
