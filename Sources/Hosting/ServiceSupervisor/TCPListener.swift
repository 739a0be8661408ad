import Glibc

/// A listening TCP socket, open as long as somebody holds it.
struct TCPListener: Sendable {
    let descriptor: OwnedDescriptor
    /// With the port that it got.
    let address: TCPAddress

    private static let backlog: Int32 = 4096

    /// Opens the first of the host's addresses.
    init(_ wanted: TCPAddress) throws(SupervisorFault) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICSERV | AI_PASSIVE
        var found: UnsafeMutablePointer<addrinfo>?
        let failure = getaddrinfo(wanted.host, String(wanted.port), &hints, &found)
        defer { if let found { freeaddrinfo(found) } }
        guard failure == 0, let first = found?.pointee else {
            throw .addressUnusable("\(wanted)", reason: String(cString: gai_strerror(failure)))
        }
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        descriptor = OwnedDescriptor(socket(first.ai_family, type, 0))
        var yes: Int32 = 1
        // As systemd does: a restart shall not wait for connections that have just closed.
        setsockopt(
            descriptor.number, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout.size(ofValue: yes)))
        guard descriptor.number >= 0, bind(descriptor.number, first.ai_addr, first.ai_addrlen) == 0,
            listen(descriptor.number, Self.backlog) == 0
        else { throw .addressUnusable("\(wanted)", reason: systemReason(errno)) }
        address = TCPAddress(host: wanted.host, port: Self.port(of: descriptor.number) ?? wanted.port)
    }

    private static func port(of descriptor: Int32) -> UInt16? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &length)
            }
        }
        guard result == 0 else { return nil }
        // The port is at the same place of both families' addresses, in the network's order.
        return withUnsafeBytes(of: &storage) { UInt16($0[2]) << 8 | UInt16($0[3]) }
    }
}
