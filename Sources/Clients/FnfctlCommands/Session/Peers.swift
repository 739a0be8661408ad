import Primitives
import RPCProtocol
import Synchronization

/// The services in one folder of sockets, and calling them.
final class Peers: Sendable {
    /// Most answers take milliseconds; a service that must start or recover first answers within this.
    static let answerTimeout: Duration = .seconds(30)

    let folder: String
    /// What the person asked for by --timeout.
    let timeout: Duration?
    private let session: Session
    private let callers = Mutex<[String: any RPCCaller]>([:])

    init(folder: String, timeout: Duration?, session: Session) {
        self.folder = folder
        self.timeout = timeout
        self.session = session
    }

    func socket(of service: ServiceName, door: RPCDoor) -> String {
        "\(folder)/\(door.socketName(of: service.rawValue))"
    }

    /// - Parameter patience: how long a socket that is not there is waited for.
    private func caller(_ socket: String, patience: Duration) -> any RPCCaller {
        callers.withLock { callers in
            if let caller = callers[socket] { return caller }
            let caller = session.connect(socket, min(patience, timeout ?? patience))
            callers[socket] = caller
            return caller
        }
    }

    /// Calls a method through the door its roles ask for.
    ///
    /// A reply that got lost is asked for again: methods are idempotent, by content or by the key made here.
    func call<Method: RPCMethod>(
        _: Method.Type, _ params: Method.Params, on service: ServiceName, within limit: Duration? = nil
    ) async throws(CommandFailure) -> Method.Result {
        let door = DoorChoice.door(for: Method.roles, of: service)
        let result = try await call(
            Method.name, params.wire, on: service, door: door, changes: !Method.roles.contains(.read),
            within: limit)
        do { return try Method.Result(wire: result, strict: false) } catch {
            throw CommandFailure(
                .failed, "the answer of \(Method.name) is not as this fnfctl knows it: \(error)",
                next: "compare the versions: fnfctl status, fnfctl --version")
        }
    }

    func call(
        _ method: String, _ params: JSONValue, on service: ServiceName, door: RPCDoor, changes: Bool = false,
        within limit: Duration? = nil, patience: Duration = .seconds(5)
    ) async throws(CommandFailure) -> JSONValue {
        let socket = socket(of: service, door: door)
        let caller = caller(socket, patience: patience)
        var meta = RPCMeta(deadlineMs: (limit ?? timeout ?? Self.answerTimeout).milliseconds)
        if changes { meta.idempotencyKey = makeUUID(from: session.world) }
        var repeats = Repeats()
        while true {
            do throws(RPCFailure) {
                return try await caller.call(method, params, meta: meta)
            } catch {
                if await repeats.mayFollow(error, in: session) { continue }
                let called = Called(
                    service: service, door: door, socket: socket, method: method, params: params)
                throw CommandFailure(error, called)
            }
        }
    }

    /// Reads a stream to its end; after a restart of the service it goes on, with params that say from where.
    func follow<Method: RPCStreamMethod>(
        _: Method.Type, on service: ServiceName, params: @Sendable () -> Method.Params,
        onItem: @escaping @Sendable (Method.Item) -> Void
    ) async throws(CommandFailure) -> Method.Result {
        let door = DoorChoice.door(for: Method.roles, of: service)
        let socket = socket(of: service, door: door)
        let caller = caller(socket, patience: .seconds(5))
        let idle = Mutex(0)
        var repeats = Repeats()
        while true {
            let current = params()
            do throws(RPCFailure) {
                let meta = RPCMeta(deadlineMs: timeout?.milliseconds)
                return try await caller.stream(Method.self, current, meta: meta) { item in
                    idle.withLock { $0 = 0 }
                    onItem(item)
                }
            } catch {
                let tries = idle.withLock { tries in
                    tries += 1
                    return tries
                }
                if Self.mayResume(error), tries < 5 { continue }
                if error.isStopping, await repeats.mayFollow(error, in: session) { continue }
                let called = Called(
                    service: service, door: door, socket: socket, method: Method.name, params: current.wire)
                throw CommandFailure(error, called)
            }
        }
    }

    /// Reads any stream to its end, once.
    func stream(
        _ method: String, _ params: JSONValue, on service: ServiceName, door: RPCDoor,
        onItem: @escaping @Sendable (JSONValue) -> Void
    ) async throws(CommandFailure) -> JSONValue {
        let socket = socket(of: service, door: door)
        do throws(RPCFailure) {
            return try await caller(socket, patience: .seconds(5)).stream(
                method, params, meta: RPCMeta(deadlineMs: timeout?.milliseconds)
            ) { item in onItem(item) }
        } catch {
            let called = Called(service: service, door: door, socket: socket, method: method, params: params)
            throw CommandFailure(error, called)
        }
    }

    private static func mayResume(_ failure: RPCFailure) -> Bool {
        switch failure {
        case .lost: true
        case .answered(let error): error.name == .slowConsumer
        case .unreachable, .timedOut, .canceled: false
        }
    }
}
