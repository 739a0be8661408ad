import Glibc
import HTTPMessage
import Primitives
import RequestSigning
import Testing

/// A connection to the cloud endpoint by plain system calls. Receiving waits 20 s at most.
final class HTTPAsk {
    private let descriptor: Int32

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(connected == 0, "errno \(errno)")
    }

    deinit { close(descriptor) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        #expect(Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
    }

    /// Up to the end of the connection.
    func receive() -> String {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 {
            text += buffer[..<count]
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// One request of the workflow API, signed.
    static func request(
        _ action: String, _ parameters: [(String, String)], key: SigningKey, closes: Bool = true
    ) -> String {
        var all = FormParameters([("Action", action), ("Version", "2019-03-15")] + parameters)
        let world = LiveWorld()
        all.add(RPCSignature.sign("GET", all, key: key, time: world.now, nonce: makeUUID(from: world)))
        let query = all.pairs.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }
            .joined(separator: "&")
        return "GET /?\(query) HTTP/1.1\r\nHost: h\r\n\(closes ? "Connection: close\r\n" : "")\r\n"
    }
}
