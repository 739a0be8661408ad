import Glibc
import NIOPosix
import Primitives
import RPCProtocol
import Testing

/// A client of plain system calls, which can also do what no honest client does. It waits 20 s at most for
/// anything.
final class RawClient: @unchecked Sendable { // one test uses it, one call at a time
    /// Receiving blocks, and the threads that tests run on are few.
    private static let threads: NIOThreadPool = {
        let threads = NIOThreadPool(numberOfThreads: 64)
        threads.start()
        return threads
    }()

    let descriptor: Int32
    private var decoder = FrameDecoder(bytesMax: WireLimits.frameBytesCeiling)

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        try #require(descriptor >= 0)
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        try withUnixAddress(path) { address, length in try #require(connect(descriptor, address, length) == 0)
        }
    }

    deinit { close(descriptor) }

    /// Returns how many bytes the peer took.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Int {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { break }
            sent += count
        }
        return sent
    }

    func sendFrame(_ text: String) {
        var bytes: [UInt8] = []
        FrameEncoder.append(to: &bytes) { $0.append(contentsOf: text.utf8) }
        send(bytes)
    }

    func request(_ id: JSONValue, _ method: String, _ params: JSONValue = [:], meta: JSONValue = [:]) {
        let request: JSONValue = [
            "jsonrpc": "2.0", "id": id, "method": .string(method), "params": params, "meta": meta,
        ]
        sendFrame(request.text)
    }

    func cancel(_ id: JSONValue) {
        let cancel: JSONValue = ["jsonrpc": "2.0", "method": "rpc.cancel", "params": ["id": id]]
        sendFrame(cancel.text)
    }

    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// The next message, nil when the server has closed.
    func receive() async throws -> JSONValue? {
        try await Self.threads.runIfActive { try self.receiveBlocking() }
    }

    private func receiveBlocking() throws -> JSONValue? {
        while true {
            if let payload = try decoder.next() { return try JSONParser.parse(payload) }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0 && errno == EAGAIN { Issue.record("the server was silent for 20 s") }
            guard count > 0 else { return nil }
            decoder.feed(buffer[..<count])
        }
    }

    /// The name of the error that comes next.
    func receiveError(id: JSONValue? = nil) async throws -> String? {
        let message = try await receive()
        if let id { #expect(message?["id"] == id) }
        return message?["error"]?["data"]?["name"]?.stringValue
    }
}

func withUnixAddress<Result>(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) throws -> Result
) rethrows -> Result {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8).prefix(107)) }
    return try withUnsafePointer(to: &address) { pointer in
        try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            try body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
}
