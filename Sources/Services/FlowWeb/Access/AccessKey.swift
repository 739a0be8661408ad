import FlowWebAPI
import Primitives
import RPCProtocol

/// One access key as it is kept in memory.
struct AccessKey: Sendable {
    let id: String
    /// Nil when it could not be opened: the row was changed by another hand.
    let secret: String?
    let role: AccessKeyRole
    let flows: [String]
    let description: String
    let isEnabled: Bool
    let created: Timestamp
    var lastUsed: Timestamp?

    /// What the sealed secret belongs to: with another id, role or other flows it does not open, so that
    /// whoever can only write the database raises no key's rights.
    var place: String { Self.place(id, role, flows) }

    static func place(_ id: String, _ role: AccessKeyRole, _ flows: [String]) -> String {
        "access key\n\(id)\n\(role.rawValue)\n\(flows.joined(separator: " "))"
    }

    var grant: AccessGrant {
        let role: AccessGrant.Role =
            switch role {
            case .read: .read
            case .operate: .operate
            case .admin: .admin
            }
        return AccessGrant(accessKeyID: id, role: role, flows: flows)
    }

    var record: AccessKeyRecord {
        .with {
            $0.accessKeyID = id
            $0.role = role
            $0.flows = flows
            $0.description = description
            $0.enabled = isEnabled
            $0.createdTime = created.description
            $0.lastUsedTime = lastUsed?.description
        }
    }
}
