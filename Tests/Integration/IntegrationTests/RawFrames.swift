import Glibc
import Primitives

/// A socket without a client library, to say what no client library would say.
final class RawConnection {
    private let descriptor: Int32

    init(_ path: String) {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        precondition(result == 0, "connect: \(String(cString: strerror(errno)))")
    }

    deinit { close(descriptor) }

    func send(bytes: [UInt8]) { _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }

    func send(frame text: String) {
        let payload = Array(text.utf8)
        send(bytes: Self.length(payload.count) + payload)
    }

    static func length(_ count: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }
    }

    /// The next frame, nil when the peer has closed the connection.
    func receive() throws -> JSONValue? {
        guard let prefix = read(4) else { return nil }
        let count = prefix.reduce(0) { $0 << 8 | Int($1) }
        guard let payload = read(count) else { return nil }
        return try JSONParser.parse(payload)
    }

    private func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        let got = recv(descriptor, &bytes, count, Int32(MSG_WAITALL))
        return got == count ? bytes : nil
    }

    func halfClose() { shutdown(descriptor, Int32(SHUT_WR)) }
}
