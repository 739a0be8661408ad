import Glibc
import Synchronization

/// A small HTTP server of a test on loopback: it remembers every request and answers with the status that the
/// test wants. One request a connection, one thread for all.
package final class PostReceiver: Sendable {
    package struct Request: Sendable {
        package let path: String
        /// By name in lower case.
        package let headers: [String: String]
        package let body: String
    }

    /// The status for a request; the requests that came before it are given as well.
    package typealias Answer = @Sendable (Request, [Request]) -> Int

    private struct State {
        var requests: [Request] = []
        var waiters:
            [(holds: @Sendable ([Request]) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    package let port: UInt16
    private let listener: Int32
    private let answer: Answer
    private let state = Mutex(State())

    package init(answer: @escaping Answer = { _, _ in 204 }) throws(TestHostFault) {
        self.answer = answer
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                bind(listener, general, length) == 0 && listen(listener, 128) == 0
                    && getsockname(listener, general, &length) == 0
            }
        }
        guard isListening else { throw .systemCall("listen on loopback", errno: errno) }
        port = UInt16(bigEndian: address.sin_port)
        CommandThread.run { [self] in serve() }
    }

    package var requests: [Request] { state.withLock { $0.requests } }

    package var url: String { "http://127.0.0.1:\(port)" }

    /// Returns once what came so far is as wanted.
    package func wait(until holds: @escaping @Sendable ([Request]) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if holds(state.requests) { return true }
                state.waiters.append((holds, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    /// The thread ends; nobody is answered any more.
    package func stop() { shutdown(listener, Int32(SHUT_RDWR)) }
}

// The thread that serves.
extension PostReceiver {
    private func serve() {
        while true {
            let connection = accept(listener, nil, nil)
            if connection < 0 {
                if errno == EINTR { continue }
                close(listener)
                return
            }
            if let request = Self.request(from: connection) { reply(to: request, on: connection) }
            close(connection)
        }
    }

    private func reply(to request: Request, on connection: Int32) {
        let before = requests
        let status = answer(request, before)
        let text = "HTTP/1.1 \(status) Answer\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        _ = Array(text.utf8).withUnsafeBytes {
            send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        let ready = state.withLock { state in
            state.requests.append(request)
            let waiters = state.waiters
            let ready = waiters.map { $0.holds(state.requests) }
            state.waiters = zip(waiters, ready).filter { !$1 }.map(\.0)
            return zip(waiters, ready).filter { $1 }.map(\.0.continuation)
        }
        for continuation in ready { continuation.resume() }
    }

    /// Nil: the connection ended before the request did.
    private static func request(from connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        while true {
            if let request = request(in: bytes) { return request }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
        }
    }

    /// Nil: more is to come.
    private static func request(in bytes: [UInt8]) -> Request? {
        let text = String(decoding: bytes, as: UTF8.self)
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let lines = parts[0].split(separator: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let pair = line.split(separator: ":", maxSplits: 1).map(String.init)
            guard pair.count == 2 else { continue }
            headers[pair[0].lowercased()] = String(pair[1].drop { $0 == " " })
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        guard parts[1].utf8.count >= length else { return nil }
        let words = lines.first?.split(separator: " ") ?? []
        return Request(
            path: words.count > 1 ? String(words[1]) : "", headers: headers, body: String(parts[1]))
    }
}
