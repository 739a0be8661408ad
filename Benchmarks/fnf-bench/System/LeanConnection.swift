import Glibc
import RPCProtocol

/// A connection that never waits: requests are gathered and leave together, answers are taken as they are
/// there. It costs a tenth of what a task for each call would, which is left to what is measured.
final class LeanConnection {
    let path: String
    let file: Int32
    private var outgoing: [UInt8] = []
    private var sent = 0
    private var decoder = FrameDecoder(bytesMax: WireLimits.frameBytesCeiling)
    private var bytes = [UInt8](repeating: 0, count: 1 << 16)

    init(path: String) throws {
        self.path = path
        file = try UnixSocket.connected(to: path)
        guard fcntl(file, F_SETFL, O_NONBLOCK) == 0 else {
            throw BenchFault.system("can not set up a connection to \(path)")
        }
    }

    deinit { close(file) }

    func append(_ message: RPCMessage) { message.encode(into: &outgoing) }

    var hasMoreToSend: Bool { sent < outgoing.count }

    /// Writes as much as the socket takes.
    func flush() throws {
        while hasMoreToSend {
            let count = outgoing.withUnsafeBytes { all in
                send(file, all.baseAddress?.advanced(by: sent), all.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EAGAIN { return }
            guard count >= 0 else { throw BenchFault.system("can not write to \(path)") }
            sent += count
        }
        outgoing.removeAll(keepingCapacity: true)
        sent = 0
    }

    /// Takes every message that is there.
    func receive(_ take: (RPCMessage) throws -> Void) throws {
        while true {
            let count = recv(file, &bytes, bytes.count, 0)
            if count < 0, errno == EAGAIN { return }
            guard count > 0 else { throw BenchFault("\(path) closed the connection") }
            decoder.feed(bytes[..<count])
            while let payload = try decoder.next() { try take(RPCMessage.decode(payload)) }
            if count < bytes.count { return }
        }
    }

    /// Sends a request and waits for its answer. Units: the seconds after which it gives up.
    func call(_ message: RPCMessage, within seconds: Int32 = 30) throws -> RPCMessage {
        append(message)
        try flush()
        var answer: RPCMessage?
        while answer == nil {
            try LeanConnection.wait(for: [self], milliseconds: seconds * 1000)
            try receive { answer = $0 }
        }
        guard let answer else { throw BenchFault("\(path) gave no answer") }
        return answer
    }

    /// Returns when one of them has something to read, or can be written to if it wants that.
    ///
    /// Throws: nothing happened for so long.
    static func wait(for connections: [LeanConnection], milliseconds: Int32) throws {
        guard try wait(for: connections, atMost: milliseconds) else {
            throw BenchFault("nothing was heard from \(connections[0].path) for \(milliseconds) ms")
        }
    }

    /// As above; false when the time is over.
    static func wait(for connections: [LeanConnection], atMost milliseconds: Int32) throws -> Bool {
        var polled = connections.map { connection in
            pollfd(
                fd: connection.file, events: Int16(POLLIN | (connection.hasMoreToSend ? POLLOUT : 0)),
                revents: 0)
        }
        let count = poll(&polled, nfds_t(polled.count), milliseconds)
        guard count >= 0 || errno == EINTR else { throw BenchFault.system("can not wait for an answer") }
        return count != 0
    }
}
