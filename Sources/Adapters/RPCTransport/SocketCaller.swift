package import Primitives
package import RPCProtocol
import Synchronization

/// Calls one door of one service over its Unix socket.
///
/// One connection is made at the first call and shared by all calls; it is made anew when a call finds it
/// closed. Each stream has a connection of its own, so that a slow reader of items holds nobody else up.
package final class SocketCaller: RPCCaller {
    package let path: String
    private let connector: Connector
    private let limits: WireLimits
    private let shared: ClientLink
    private let lastID = Atomic<Int64>(0)

    /// - Parameter executor: the service's loop; programs that have none share one thread.
    /// - Parameter connectPatience: how long a service that is down or overrun is tried. 5 s: systemd
    ///   restarts one in less.
    package init(
        path: String, executor: LoopExecutor = .shared, limits: WireLimits = WireLimits(),
        connectPatience: Duration = .seconds(5)
    ) {
        self.path = path
        self.limits = limits
        connector = Connector(path: path, patience: connectPatience, executor: executor)
        shared = ClientLink(connector: connector, limits: limits)
    }

    deinit {
        let (executor, shared) = (connector.executor, shared)
        executor.run { shared.close() }
    }

    package func call(_ method: String, _ params: JSONValue, meta: RPCMeta) async throws(RPCFailure)
        -> JSONValue
    {
        let request = request(method, params, meta, items: nil)
        return try await run(request, over: shared).get()
    }

    private func request(
        _ method: String, _ params: JSONValue, _ meta: RPCMeta, items: ItemQueue?
    ) -> ClientLink.Request {
        ClientLink.Request(
            id: lastID.add(1, ordering: .relaxed).newValue, method: method, params: params, meta: meta,
            call: PendingCall(), items: items)
    }

    private func run(_ request: ClientLink.Request, over link: ClientLink) async -> PendingCall.Outcome {
        if Task.isCancelled { return .failure(.canceled) }
        connector.executor.run { link.begin(request) }
        return await withTaskCancellationHandler {
            await request.call.outcome()
        } onCancel: {
            cancel(request, over: link)
        }
    }

    private func cancel(_ request: ClientLink.Request, over link: ClientLink) {
        guard request.call.finish(.failure(.canceled)) else { return }
        request.items?.end(dropping: true)
        connector.executor.run { link.abandon(request.id) }
    }

    package func stream(
        _ method: String, _ params: JSONValue, meta: RPCMeta,
        onItem: @Sendable (JSONValue) async throws -> Void
    ) async throws(RPCFailure) -> JSONValue {
        if Task.isCancelled { throw .canceled }
        let items = ItemQueue()
        let request = request(method, params, meta, items: items)
        let link = ClientLink(connector: connector, limits: limits)
        connector.executor.run { link.begin(request) }
        defer { connector.executor.run { link.close() } }
        let broken: RPCFailure? = await withTaskCancellationHandler {
            while let item = await items.next() {
                if items.mayResume() { connector.executor.run { link.resumeReading() } }
                do { try await onItem(item) } catch { return error as? RPCFailure ?? .canceled }
            }
            return nil
        } onCancel: {
            cancel(request, over: link)
        }
        if let broken {
            cancel(request, over: link)
            throw broken
        }
        return try await request.call.outcome().get()
    }
}
