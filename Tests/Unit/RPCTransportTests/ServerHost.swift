import Glibc
import Logging
import NIOCore
import NIOPosix
import Primitives
import RPCProtocol
import RPCTransport
import Synchronization
import Testing

/// Something that is closed until it is opened once.
final class Gate: Sendable {
    private let state = Mutex((isOpen: false, waiters: [CheckedContinuation<Void, Never>]()))

    func open() {
        let waiters = state.withLock { state in
            defer { state = (true, []) }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func pass() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiters.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}

/// Keeps requests out as long as it is shut.
final class Crowd: AdmissionGate {
    static let error = RPCError.throttled("there are too many", retryAfter: .milliseconds(70))
    private let shut = Atomic(false)
    private let refusal = Refusal(error)

    var isShut: Bool { shut.load(ordering: .relaxed) }
    func admit() -> Refusal? { isShut ? refusal : nil }
    func set(shut isShut: Bool) { shut.store(isShut, ordering: .relaxed) }
}

/// Words that handlers say and tests wait for.
final class Notes: Sendable {
    private struct State {
        var words: [String] = []
        var waiters: [(words: [String], gate: Gate)] = []
    }

    private let state = Mutex(State())

    func say(_ word: String) {
        let opened = state.withLock { state in
            state.words.append(word)
            let (met, unmet) = state.waiters.reduce(into: ([Gate](), [([String], Gate)]())) {
                result, waiter in
                if Self.met(waiter.words, by: state.words) {
                    result.0.append(waiter.gate)
                } else {
                    result.1.append(waiter)
                }
            }
            state.waiters = unmet.map { (words: $0.0, gate: $0.1) }
            return met
        }
        for gate in opened { gate.open() }
    }

    /// Returns when each of the words was said at least as often as it stands here.
    func heard(_ words: String...) async {
        let gate = Gate()
        let isMet = state.withLock { state in
            if Self.met(words, by: state.words) { return true }
            state.waiters.append((words, gate))
            return false
        }
        if !isMet { await gate.pass() }
    }

    private static func met(_ wanted: [String], by said: [String]) -> Bool {
        Set(wanted).allSatisfy { word in said.count { $0 == word } >= wanted.count { $0 == word } }
    }

    var words: [String] { state.withLock { $0.words } }
}

/// A folder with a listening socket, and servers that come and go behind it.
final class ServerHost: Sendable {
    let folder: String
    let path: String
    let listener: Int32
    let executor: LoopExecutor
    let notes = Notes()
    let gate = Gate()
    let crowd = Crowd()
    let metrics = MetricSet()
    private let group: MultiThreadedEventLoopGroup

    init() throws {
        var template = Array("/tmp/fnf-rpc-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } }
        folder = String(cString: try #require(made))
        path = "\(folder)/s.sock"
        listener = try Self.listen(path)
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        executor = LoopExecutor(group.next())
    }

    static func listen(_ path: String, backlog: Int32 = 128) throws -> Int32 {
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        try #require(listener >= 0)
        try withUnixAddress(path) { address, length in try #require(bind(listener, address, length) == 0) }
        try #require(Glibc.listen(listener, backlog) == 0)
        return listener
    }

    /// Runs a test against a host and leaves nothing behind.
    static func with(_ body: (ServerHost) async throws -> Void) async throws {
        let host = try ServerHost()
        do { try await body(host) } catch {
            await host.remove()
            throw error
        }
        await host.remove()
    }

    private func remove() async {
        gate.open()
        close(listener)
        unlink(path)
        rmdir(folder)
        try? await group.shutdownGracefully()
    }

    @discardableResult
    func serve(door: RPCDoor = .client, limits: WireLimits = WireLimits()) async throws -> RPCServer {
        var logger = Logger(label: "test")
        logger.handler = SwiftLogNoOpLogHandler()
        let server = RPCServer(
            methods: table.withBuiltIns(
                service: "test", version: "1", metrics: metrics, status: { ServiceStatus() }),
            executor: executor, limits: limits, logger: logger, metrics: metrics,
            becameQuiet: { self.notes.say("quiet") })
        try await server.listen(on: listener, door: door)
        return server
    }

    func caller(patience: Duration = .seconds(5)) -> SocketCaller {
        SocketCaller(path: path, connectPatience: patience)
    }

    func drain(_ server: RPCServer, limit: Duration = .seconds(20)) async {
        await executor.spawn { await server.drain(limit: limit) }.value
    }

    func load(_ server: RPCServer) async throws -> RPCServer.Load {
        try await executor.eventLoop.submit { server.load }.get()
    }

    private var table: HandlerTable {
        var table = HandlerTable()
        let (notes, gate, crowd, executor) = (notes, gate, crowd, executor)
        table.on(Echo.self) { params, context in
            executor.eventLoop.preconditionInEventLoop()
            if let peer = context.peer { notes.say("uid \(peer.uid) gid \(peer.gid) pid \(peer.pid)") }
            return params
        }
        table.on(Work.self) { params, _ in
            notes.say("working")
            await gate.pass()
            executor.eventLoop.preconditionInEventLoop()
            notes.say(Task.isCancelled ? "work canceled" : "worked")
            return params
        }
        table.on(Wait.self) { params, _ in
            notes.say("waiting")
            for await _ in AsyncStream<Never>.makeStream().stream {}
            executor.eventLoop.preconditionInEventLoop()
            notes.say("wait ended")
            return params
        }
        table.on(Blob.self) { params, _ in MetricsText(text: String(repeating: "x", count: Int(params.value)))
        }
        table.on(Broken.self) { _, _ throws(RPCError) in throw RPCError(.internalFault, "secret reason") }
        table.on(Privileged.self) { params, _ in params }
        table.on(Crowded.self, gate: crowd) { params, _ in params }
        Self.addStreams(to: &table, notes)
        return table
    }

    private static func addStreams(to table: inout HandlerTable, _ notes: Notes) {
        table.on(stream: Flood.self) { params, _, sink throws(RPCError) in
            for number in 0..<params.value {
                do throws(RPCError) { try sink.send(Number(number)) } catch {
                    notes.say(error.name.text)
                    throw RPCError(
                        error.name, "go on from the cursor", details: ["cursor": .integer(number)],
                        retryable: true)
                }
            }
            return params
        }
        table.on(stream: Paced.self) { params, _, sink throws(RPCError) in
            for number in 0..<params.value {
                if number % 64 == 0 { try await sink.room() }
                try sink.send(Number(number))
            }
            notes.say("paced")
            return params
        }
        table.on(stream: Watch.self) { params, _, sink throws(RPCError) in
            try sink.send(params)
            notes.say("watching")
            for await _ in AsyncStream<Never>.makeStream().stream {}
            notes.say("watch ended")
            return params
        }
    }
}
