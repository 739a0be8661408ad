package import Primitives

/// Who calls, as the kernel noted it at connect(). Units: numeric ids of this host.
package struct PeerCredentials: Sendable, Hashable {
    package let uid: UInt32
    package let gid: UInt32
    package let pid: Int32

    package init(uid: UInt32, gid: UInt32, pid: Int32) {
        self.uid = uid
        self.gid = gid
        self.pid = pid
    }
}

/// The server's name for one request, in logs and in error answers; written out when somebody asks.
package struct RequestName: Sendable {
    private let prefix: String
    private let number: Int?

    /// - Parameter number: of the request among those with this prefix; nil: the prefix is the name.
    package init(_ prefix: String, number: Int? = nil) {
        self.prefix = prefix
        self.number = number
    }

    package var text: String { number.map { "\(prefix)-\($0)" } ?? prefix }

    /// Appends it without making a text of it; a prefix needs no escapes.
    func write(into buffer: inout [UInt8]) {
        buffer.append(contentsOf: prefix.utf8)
        guard let number else { return }
        buffer.append(UInt8(ascii: "-"))
        JSONWriter.write(Int64(number), into: &buffer)
    }
}

/// What a handler knows about the request beside its params.
package struct RPCContext: Sendable {
    package let request: RequestName
    package let door: RPCDoor
    package let peer: PeerCredentials?
    package let meta: RPCMeta

    package init(request: RequestName, door: RPCDoor, peer: PeerCredentials?, meta: RPCMeta) {
        self.request = request
        self.door = door
        self.peer = peer
        self.meta = meta
    }

    package init(requestID: String, door: RPCDoor, peer: PeerCredentials?, meta: RPCMeta) {
        self.init(request: RequestName(requestID), door: door, peer: peer, meta: meta)
    }

    package var requestID: String { request.text }
}

/// Where a stream handler puts its items.
package protocol RPCItemSink: Sendable {
    /// Throws `SlowConsumer` when the reader is too far behind, `Canceled` when it is gone.
    func send(_ item: JSONValue) throws(RPCError)

    /// Waits until the reader has caught up: before each batch of a long present state, so that it isn't
    /// mistaken for a slow reader. Throws `Canceled` when the reader is gone.
    func room() async throws(RPCError)
}

/// The methods of one service and what runs them.
///
/// A handler runs on the service's event loop. Cancellation of its task (a canceled call, a passed deadline,
/// a closed connection) may end waiting only; a change that has begun completes.
package struct HandlerTable: Sendable {
    package typealias Unary = @Sendable (JSONValue, RPCContext) async throws(RPCError) -> JSONValue
    package typealias Stream =
        @Sendable (JSONValue, RPCContext, any RPCItemSink) async throws(RPCError) -> JSONValue

    package enum Body: Sendable {
        case unary(Unary)
        case stream(Stream)
    }

    package struct Entry: Sendable {
        package let description: MethodDescription
        package let body: Body
        let gate: (any AdmissionGate)?
        private let roleBits: UInt8

        init(description: MethodDescription, body: Body, gate: (any AdmissionGate)? = nil) {
            self.description = description
            self.body = body
            self.gate = gate
            roleBits = RPCRole.bits(description.roles)
        }

        func admits(_ door: RPCDoor) -> Bool { roleBits & door.roleBits != 0 }
    }

    package private(set) var entries: [String: Entry] = [:]
    /// Those of them that have one; few.
    private(set) var gated: [(name: [UInt8], gate: any AdmissionGate, entry: Entry)] = []

    package init() {}

    /// - Parameter gate: keeps requests out, so that one that can't be served under overload costs next to
    ///   nothing; nil: all are let in.
    package mutating func on<Method: RPCMethod>(
        _ method: Method.Type, gate: (any AdmissionGate)? = nil,
        _ handler: @escaping @Sendable (Method.Params, RPCContext) async throws(RPCError) -> Method.Result
    ) {
        let body: Unary = { (params, context) throws(RPCError) in
            try await handler(try Self.decode(Method.self, params), context).wire
        }
        insert(Entry(description: MethodDescription(Method.self), body: .unary(body), gate: gate))
    }

    package mutating func on<Method: RPCStreamMethod>(
        stream method: Method.Type,
        _ handler:
            @escaping @Sendable (Method.Params, RPCContext, StreamSink<Method>) async throws(RPCError) ->
            Method.Result
    ) {
        let body: Stream = { (params, context, sink) throws(RPCError) in
            try await handler(try Self.decode(Method.self, params), context, StreamSink(sink: sink)).wire
        }
        insert(Entry(description: MethodDescription(stream: Method.self), body: .stream(body)))
    }

    package mutating func add(_ description: MethodDescription, _ body: @escaping Unary) {
        insert(Entry(description: description, body: .unary(body)))
    }

    private mutating func insert(_ entry: Entry) {
        precondition(entries[entry.description.name] == nil, "\(entry.description.name) is declared twice")
        entries[entry.description.name] = entry
        if let gate = entry.gate { gated.append((Array(entry.description.name.utf8), gate, entry)) }
    }

    private static func decode<Method: RPCMethod>(
        _: Method.Type, _ params: JSONValue
    ) throws(RPCError) -> Method.Params {
        do { return try Method.Params(wire: params, strict: true) } catch { throw error.rpcError }
    }

    /// The entry to run, or why this caller may not run it.
    package func entry(for method: String, through door: RPCDoor) throws(RPCError) -> Entry {
        guard let entry = entries[method] else {
            let near = method.nearest(in: entries.keys.sorted(), limit: 1).first
            let hint = near.map { "; did you mean \($0)?" } ?? "; rpc.discover lists the methods"
            throw RPCError(
                .methodNotFound, "there is no method \(method)\(hint)", details: ["method": .string(method)])
        }
        guard entry.admits(door) else {
            let roles = entry.description.roles.map(\.rawValue).sorted().joined(separator: " or ")
            throw RPCError(
                .accessDenied,
                "\(method) needs the role \(roles), which the door \(door.rawValue) does not give",
                details: ["method": .string(method), "door": .string(door.rawValue)])
        }
        if let refusal = entry.gate?.admit() { throw refusal.error }
        return entry
    }
}

/// A sink that takes the typed items of one method.
package struct StreamSink<Method: RPCStreamMethod>: Sendable {
    let sink: any RPCItemSink

    package func send(_ item: Method.Item) throws(RPCError) { try sink.send(item.wire) }

    /// Waits until the reader has caught up; see `RPCItemSink.room`.
    package func room() async throws(RPCError) { try await sink.room() }
}
