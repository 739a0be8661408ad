package import RPCProtocol

/// What the holder of an access key may do.
package struct AccessGrant: Sendable, Hashable {
    /// Each role includes those before it. Source: wire protocol, "Who may call".
    package enum Role: String, Sendable, Hashable, CaseIterable {
        case read, operate, admin
    }

    package var accessKeyID: String
    package var role: Role
    /// Patterns of flow names (`*` is any text) that the key may touch; empty: all.
    package var flows: [String]

    package init(accessKeyID: String, role: Role, flows: [String] = []) {
        self.accessKeyID = accessKeyID
        self.role = role
        self.flows = flows
    }

    /// Whether the key may call a method that these roles may call.
    package func mayCall(_ roles: Set<RPCRole>) -> Bool {
        switch role {
        case .admin: !roles.isDisjoint(with: [.read, .operate, .admin])
        case .operate: !roles.isDisjoint(with: [.read, .operate])
        case .read: roles.contains(.read)
        }
    }

    package func mayTouch(flow name: String) -> Bool {
        flows.isEmpty || flows.contains { FlowPattern($0).matches(name) }
    }
}
