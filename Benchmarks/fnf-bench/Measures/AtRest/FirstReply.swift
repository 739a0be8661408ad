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
        let file = try UnixSocket.connected(to: path)
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
}
