import Glibc

/// The listening sockets of one service, open as long as the supervisor runs; removed when it ends.
final class DoorSockets: Sendable {
    /// In the order of the service's doors, then of its TCP listeners.
    let descriptors: [OwnedDescriptor]
    /// Where the TCP listeners are, by name.
    let addresses: [String: TCPAddress]
    private let paths: [String]

    /// More than one restart lets pile up; the kernel's own bound is net.core.somaxconn.
    private static let backlog: Int32 = 1024

    init(_ service: ServiceSpec, layout: SupervisorLayout) throws(SupervisorFault) {
        var opened: [OwnedDescriptor] = []
        paths = service.doors.map { layout.socketPath($0.socketFile) }
        for path in paths { opened.append(try Self.listen(path)) }
        var addresses: [String: TCPAddress] = [:]
        for listener in service.listeners {
            let socket = try TCPListener(listener.address)
            opened.append(socket.descriptor)
            addresses[listener.name] = socket.address
        }
        descriptors = opened
        self.addresses = addresses
    }

    deinit {
        for path in paths { unlink(path) }
    }

    private static func listen(_ path: String) throws(SupervisorFault) -> OwnedDescriptor {
        var address = sockaddr_un()
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw .socketPathTooLong(path: path, bytes: path.utf8.count)
        }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = OwnedDescriptor(socket(AF_UNIX, type, 0))
        // The folder is ours by its lock, so a file of this name is left over.
        unlink(path)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor.number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        // Before listen: nobody may come through a door that stands too wide open.
        guard descriptor.number >= 0, bound == 0, chmod(path, 0o660) == 0,
            Glibc.listen(descriptor.number, backlog) == 0
        else { throw .socketUnusable(path: path, reason: systemReason(errno)) }
        return descriptor
    }
}
