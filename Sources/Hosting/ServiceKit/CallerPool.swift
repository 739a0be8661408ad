import RPCProtocol
import RPCTransport
import Synchronization

/// One caller for each socket path, shared by everything in the process.
final class CallerPool: Sendable {
    private let executor: LoopExecutor
    private let callers = Mutex<[String: SocketCaller]>([:])

    init(executor: LoopExecutor) { self.executor = executor }

    func caller(path: String) -> SocketCaller {
        callers.withLock { callers in
            if let caller = callers[path] { return caller }
            let caller = SocketCaller(path: path, executor: executor)
            callers[path] = caller
            return caller
        }
    }

    /// One that nobody else uses.
    func own(path: String) -> SocketCaller { SocketCaller(path: path, executor: executor) }
}
