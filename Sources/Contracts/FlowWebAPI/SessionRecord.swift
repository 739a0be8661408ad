package import RPCProtocol

/// A browser that is signed in, as it may be shown: nothing of it makes its cookie.
package struct SessionRecord: WireRecord {
    package var sessionID: String = ""
    package var name: String = ""
    package var role: AccessKeyRole = .read
    package var flows: [String] = []
    package var accessKeyID: String?
    package var createdTime: String = ""
    package var lastSeenTime: String = ""
    package var expiresTime: String = ""

    package init() {}

    package static let fields: [WireField<SessionRecord>] = [
        .required("SessionId", \.sessionID),
        .required("Name", \.name, "The access key's id, or the name that the link was made for"),
        .required("Role", \.role),
        .defaulted("Flows", \.flows, "Patterns of flow names, * is any text; empty: all flows"),
        .optional("AccessKeyId", \.accessKeyID, "The key that it ends with; absent: it began with a link"),
        .required("CreatedTime", \.createdTime),
        .required("LastSeenTime", \.lastSeenTime),
        .required("ExpiresTime", \.expiresTime, "Earlier when the browser stays away"),
    ]
}
