import Glibc
import Primitives
import RPCProtocol

/// A connect and an `rpc.ping` by plain system calls: nothing of this process is on the clock but these.
struct FirstReply {
    let path: String

    /// From before the connect until the whole reply is here.
    func measure() throws -> Duration {
        let ping = Self.request
        var bytes = [UInt8](repeating: 0, count: 4096)
        let start = ContinuousClock.now
        let file = try connected()
        defer { close(file) }
        guard send(file, ping, ping.count, Int32(MSG_NOSIGNAL)) == ping.count else {
            throw BenchFault.system("can not write to \(path)")
        }
        var decoder = FrameDecoder()
        while true {
            let count = recv(file, &bytes, bytes.count, 0)
            guard count > 0 else { throw BenchFault.system("\(path) gave no reply to rpc.ping") }
            decoder.feed(bytes[..<count])
            guard let payload = try decoder.next() else { continue }
            let took = ContinuousClock.now - start
            guard case .reply = try RPCMessage.decode(payload) else {
                throw BenchFault("\(path) refuses rpc.ping: \(String(decoding: payload, as: UTF8.self))")
            }
            return took
        }
    }

    private static var request: [UInt8] {
        var frame: [UInt8] = []
        RPCMessage.request(id: .integer(1), method: Ping.name, params: [:], meta: RPCMeta()).encode(
            into: &frame)
        return frame
    }

    private func connected() throws -> Int32 {
        var address = sockaddr_un()
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw BenchFault("the socket path \(path) is too long: choose a shorter folder by --dir")
        }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let file = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(file, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else {
            defer { close(file) }
            throw BenchFault.system("can not connect to \(path)")
        }
        return file
    }
}
