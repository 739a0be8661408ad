/// What a caller may do. A method names the roles that may call it, a door grants roles to whoever comes
/// through it.
package enum RPCRole: String, Sendable, Hashable, CaseIterable {
    case read, operate, admin
    /// The domain services among themselves and towards the engine.
    case service
    /// The engine, when it runs a task.
    case task

    /// One bit of a set of roles that is compared with each request.
    var bit: UInt8 {
        switch self {
        case .read: 1
        case .operate: 2
        case .admin: 4
        case .service: 8
        case .task: 16
        }
    }

    static func bits(_ roles: Set<RPCRole>) -> UInt8 { roles.reduce(0) { $0 | $1.bit } }
}

/// A right to call: each has its own socket and group. Source: wire protocol, "Who may call".
package enum RPCDoor: String, Sendable, Hashable, CaseIterable {
    case client, admin, report, `internal`, task

    package var roles: Set<RPCRole> {
        switch self {
        case .client: [.read, .operate]
        case .admin: [.read, .operate, .admin]
        case .report, .internal: [.service]
        case .task: [.task]
        }
    }

    /// `roles` as bits, without making a set for each request.
    var roleBits: UInt8 {
        switch self {
        case .client: RPCRole.read.bit | RPCRole.operate.bit
        case .admin: RPCRole.read.bit | RPCRole.operate.bit | RPCRole.admin.bit
        case .report, .internal: RPCRole.service.bit
        case .task: RPCRole.task.bit
        }
    }

    /// The socket's file name: `order-store.sock`, `order-store-admin.sock`, …
    package func socketName(of service: String) -> String {
        self == .client ? "\(service).sock" : "\(service)-\(rawValue).sock"
    }
}

package enum RPCMethodKind: String, Sendable, Hashable {
    /// Works, then answers.
    case unary
    /// May wait for a fact before it answers: counted apart from working requests.
    case longPoll
    /// Sends items until it ends.
    case stream
}

/// One method of a service: its name, shape, errors, who may call it, and an example.
package protocol RPCMethod: Sendable {
    associatedtype Params: WireRecord
    associatedtype Result: WireValue
    static var name: String { get }
    static var summary: String { get }
    static var kind: RPCMethodKind { get }
    static var roles: Set<RPCRole> { get }
    static var errors: [RPCErrorName] { get }
    static var exampleParams: Params { get }
    static var exampleResult: Result { get }
}

extension RPCMethod {
    package static var kind: RPCMethodKind { .unary }
    /// The Swift name of the method's type is its name on the wire.
    package static var name: String { "\(Self.self)" }
}

/// A method that sends items before its reply: first the present state, then the changes, on the same call.
package protocol RPCStreamMethod: RPCMethod {
    associatedtype Item: WireRecord
    static var exampleItem: Item { get }
}

extension RPCStreamMethod {
    package static var kind: RPCMethodKind { .stream }
}
