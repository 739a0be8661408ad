import Glibc
import Logging
import NIOPosix
import Primitives
import RPCProtocol
import RPCTransport
import Synchronization

/// A service for tasks that does nothing: it answers each call at once. It lives in the bench, on a thread of
/// its own.
final class TaskService: Sendable {
    /// What a flow's task names.
    static let resource = "acs:fc:::services/bench/functions/work"

    private enum Work: RPCMethod {
        typealias Params = NoFields
        typealias Result = NoFields

        static let summary = "Does nothing"
        static let roles: Set<RPCRole> = [.task]
        static let errors: [RPCErrorName] = []
        static let exampleParams = NoFields()
        static let exampleResult = NoFields()
    }

    let path: String
    private let server: RPCServer
    private let calls = Atomic(0)
    private let observer = Mutex<Observer?>(nil)

    /// In an object, because a mutex that holds a closure itself wraps it anew at each look.
    private final class Observer: Sendable {
        let body: @Sendable (TaskMeta) -> Void

        init(_ body: @escaping @Sendable (TaskMeta) -> Void) { self.body = body }
    }

    private final class Hook: Sendable {
        let service = Mutex<TaskService?>(nil)
    }

    init(path: String) async throws {
        self.path = path
        let hook = Hook()
        var table = HandlerTable()
        table.add(MethodDescription(Work.self)) { (_, context) throws(RPCError) in
            hook.service.withLock { $0 }?.note(context.meta.task)
            return ["ok": true]
        }
        var logger = Logger(label: "task-service")
        logger.handler = SwiftLogNoOpLogHandler()
        let executor = LoopExecutor(MultiThreadedEventLoopGroup(numberOfThreads: 1).next())
        server = RPCServer(methods: table, executor: executor, logger: logger, metrics: MetricSet())
        let listener = try UnixSocket.listening(at: path)
        defer { close(listener) }
        try await server.listen(on: listener, door: .task)
        hook.service.withLock { $0 = self }
    }

    /// The text of a file for `resources.d`.
    var binding: String {
        """
        resources:
          - pattern: "acs:fc:*:*:services/bench/functions/work"
            socket: "\(path)"
            method: \(Work.name)
            concurrencyMax: 256

        """
    }

    /// How many calls have come.
    var callCount: Int { calls.load(ordering: .relaxed) }

    /// - Parameter body: called for each call as soon as it is decoded, on the service's thread.
    func observe(_ body: @escaping @Sendable (TaskMeta) -> Void) {
        observer.withLock { $0 = Observer(body) }
    }

    private func note(_ task: TaskMeta?) {
        calls.add(1, ordering: .relaxed)
        guard let task, let observer = observer.withLock({ $0 }) else { return }
        observer.body(task)
    }
}
