import Primitives
import RPCProtocol

/// What `rpc.discover` says of a service: enough to call any method without knowing it.
struct ServiceDocument: Sendable {
    struct Method: Sendable {
        let name: String
        let summary: String
        let kind: RPCMethodKind
        let roles: Set<RPCRole>
        /// OpenRPC's method object.
        let json: JSONValue
    }

    let json: JSONValue
    let methods: [Method]

    static func read(_ service: ServiceName, _ peers: Peers) async throws(CommandFailure) -> ServiceDocument {
        ServiceDocument(json: try await peers.call(Discover.name, [:], on: service, door: .client))
    }

    init(json: JSONValue) {
        self.json = json
        methods = (json["methods"]?.arrayValue ?? []).compactMap(Self.method)
    }

    private static func method(_ json: JSONValue) -> Method? {
        guard let name = json["name"]?.stringValue else { return nil }
        let roles = (json["x-roles"]?.arrayValue ?? []).compactMap {
            $0.stringValue.flatMap(RPCRole.init(rawValue:))
        }
        return Method(
            name: name, summary: json["summary"]?.stringValue ?? "",
            kind: json["x-kind"]?.stringValue.flatMap(RPCMethodKind.init(rawValue:)) ?? .unary,
            roles: Set(roles),
            json: json)
    }

    func method(_ name: String, of service: ServiceName) throws(CommandFailure) -> Method {
        if let method = methods.first(where: { $0.name == name }) { return method }
        let near = name.nearest(in: methods.map(\.name))
        throw CommandFailure(
            .notFound, "\(service.rawValue) has no method \(name)",
            next: near.isEmpty
                ? "fnfctl discover \(service.rawValue)" : "did you mean \(near.joined(separator: ", "))?")
    }
}
