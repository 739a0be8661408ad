import CSupervisor
import Glibc

/// Where the services say how they are. Source: sd_notify(3).
final class NotifySocket: Sendable {
    struct Message: Sendable {
        /// Who sent it, as the kernel noted.
        let pid: Int32
        let fields: [(name: Substring, value: Substring)]
    }

    let descriptor: OwnedDescriptor
    private let path: String

    init(path: String) throws(SupervisorFault) {
        guard path.utf8.count <= 107 else { throw .socketPathTooLong(path: path, bytes: path.utf8.count) }
        let number = fnf_notify_open(path)
        guard number >= 0 else { throw .socketUnusable(path: path, reason: systemReason(errno)) }
        descriptor = OwnedDescriptor(number)
        self.path = path
    }

    deinit { unlink(path) }

    /// The next message; nil when none is there now.
    func next() -> Message? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            var pid: Int32 = 0
            let count = fnf_notify_receive(descriptor.number, start, 4096, &pid)
            guard count >= 0 else { return nil }
            let bytes = UnsafeRawBufferPointer(start: start, count: count)
            let text = String(decoding: bytes, as: UTF8.self)
            let fields = text.split(separator: "\n").compactMap {
                line -> (name: Substring, value: Substring)? in
                guard let equals = line.firstIndex(of: "=") else { return nil }
                return (line[..<equals], line[line.index(after: equals)...])
            }
            return Message(pid: pid, fields: fields)
        }
    }
}
