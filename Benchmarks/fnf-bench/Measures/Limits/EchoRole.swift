import ArgumentParser
import CEcho
import Glibc
import Logging
import NIOPosix
import Primitives
import RPCProtocol
import RPCTransport

/// Who echoes, in a process of its own: this program, started again.
enum EchoRole: String, ExpressibleByArgument, CaseIterable {
    /// Plain epoll in C.
    case plain
    /// Our server without a look into its frames.
    case frames
    /// Our server with a method.
    case json

    /// Serves until who started it has ended.
    func serve(at path: String) async throws {
        let listener = try UnixSocket.listening(at: path)
        switch self {
        case .plain:
            guard fnf_echo_serve(listener) == 0 else { throw BenchFault.system("can not echo at \(path)") }
            return
        case .frames:
            let server = FrameServer(executor: Self.executor) { $0 }
            try await server.listen(on: listener)
            try await onOwnThread { fnf_wait_for_parent_end() }
        case .json:
            let server = RPCServer(
                methods: Self.methods, executor: Self.executor, logger: .silent, metrics: MetricSet())
            try await server.listen(on: listener, door: .client)
            try await onOwnThread { fnf_wait_for_parent_end() }
        }
    }

    private static let executor = LoopExecutor(MultiThreadedEventLoopGroup(numberOfThreads: 1).next())

    private enum Echo: RPCMethod {
        typealias Params = NoFields
        typealias Result = NoFields

        static let summary = "Answers what it was given"
        static let roles: Set<RPCRole> = [.read]
        static let errors: [RPCErrorName] = []
        static let exampleParams = NoFields()
        static let exampleResult = NoFields()
    }

    private static var methods: HandlerTable {
        var table = HandlerTable()
        table.add(MethodDescription(Echo.self)) { (params, _) throws(RPCError) in params }
        return table
    }

    /// What the client sends by turns: frames of one size, 300 bytes of payload each.
    var frames: [UInt8] {
        var frames: [UInt8] = []
        for number in 0..<Int64(fnf_echo_frames) { append(number, to: &frames) }
        return frames
    }

    private func append(_ number: Int64, to frames: inout [UInt8]) {
        guard self == .json else {
            FrameEncoder.append(to: &frames) { $0.append(contentsOf: [UInt8](repeating: 0x61, count: 300)) }
            return
        }
        func request(_ filler: Int) -> RPCMessage {
            let params: JSONValue = [
                "order": "order-1", "goods": ["beef", "lotus root"], "price": 100,
                "filler": .string(String(repeating: "a", count: filler)),
            ]
            // Ids of one length, and none twice under way.
            return .request(id: .integer(1000 + number), method: Echo.name, params: params, meta: RPCMeta())
        }
        var bare: [UInt8] = []
        request(300 - request(0).encode(into: &bare)).encode(into: &frames)
    }
}

extension Logger {
    /// Says nothing.
    static var silent: Logger {
        var logger = Logger(label: "bench")
        logger.handler = SwiftLogNoOpLogHandler()
        return logger
    }
}
