import Glibc
import NIOPosix
import Testing

/// A client of plain system calls, which can also send what no honest client does. It waits 20 s at most for
/// anything.
final class WebClient: @unchecked Sendable { // one test uses it, one call at a time
    struct Answer: Sendable, Equatable {
        var version = ""
        var status = 0
        var headers: [String: String] = [:]
        var body = ""
    }

    /// Receiving blocks, and the threads that tests run on are few.
    private static let threads: NIOThreadPool = {
        let threads = NIOThreadPool(numberOfThreads: 64)
        threads.start()
        return threads
    }()

    let descriptor: Int32
    private var received: [UInt8] = []

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(connected == 0)
    }

    deinit { Glibc.close(descriptor) }

    func end() { shutdown(descriptor, Int32(SHUT_RDWR)) }
    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Returns how many bytes the peer took.
    @discardableResult
    func send(_ text: String) -> Int { send(Array(text.utf8)) }

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

    /// The next answer, nil when the server has closed.
    func receive(bodyless: Bool = false) async throws -> Answer? {
        try await Self.threads.runIfActive { try self.receiveBlocking(bodyless) }
    }

    /// Whether the server has closed and nothing more came.
    func isAtEnd() async throws -> Bool {
        try await Self.threads.runIfActive { self.received.isEmpty && !self.fill() }
    }

    private func receiveBlocking(_ bodyless: Bool) throws -> Answer? {
        guard let head = line(upTo: [13, 10, 13, 10]) else { return nil }
        var lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)
        let words = lines.removeFirst().split(separator: " ")
        var answer = Answer(version: String(words[0]), status: Int(words[1]) ?? 0)
        for line in lines {
            let colon = try #require(line.firstIndex(of: ":"))
            answer.headers[line[..<colon].lowercased()] = String(line[colon...].dropFirst(2))
        }
        if bodyless || answer.status / 100 == 1 || answer.status == 204 { return answer }
        if let length = answer.headers["content-length"].flatMap({ Int($0) }) {
            while received.count < length, fill() {}
            answer.body = take(length)
        } else if answer.headers["transfer-encoding"] == "chunked" {
            answer.body = try chunks()
        } else {
            while fill() {}
            answer.body = take(received.count)
        }
        return answer
    }

    private func chunks() throws -> String {
        var body = ""
        while let size = line(upTo: [13, 10]).flatMap({ Int($0, radix: 16) }) {
            while received.count < size + 2, fill() {}
            body += take(size)
            _ = take(2)
            if size == 0 { return body }
        }
        return body + " (cut off)"
    }

    private func line(upTo end: [UInt8]) -> String? {
        while true {
            if let start = received.indices.first(where: { received[$0...].starts(with: end) }) {
                let text = take(start)
                received.removeFirst(end.count)
                return text
            }
            guard fill() else { return nil }
        }
    }

    private func take(_ count: Int) -> String {
        let part = received.prefix(count)
        received.removeFirst(part.count)
        return String(decoding: part, as: UTF8.self)
    }

    private func fill() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count < 0 && errno == EAGAIN { Issue.record("the server was silent for 20 s") }
        guard count > 0 else { return false }
        received += buffer[..<count]
        return true
    }
}
