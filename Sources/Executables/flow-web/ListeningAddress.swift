import Glibc
import HTTPMessage

/// Where a socket that was handed over listens.
enum ListeningAddress {
    /// Nil: the socket is none of TCP.
    static func of(_ descriptor: Int32) -> (address: IPAddress, port: UInt16)? {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { pointer in
            let named = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &size)
            }
            guard named == 0 else { return nil }
            switch Int32(pointer.pointee.ss_family) {
            case AF_INET:
                return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    let own = $0.pointee
                    return (.v4(UInt32(bigEndian: own.sin_addr.s_addr)), UInt16(bigEndian: own.sin_port))
                }
            case AF_INET6:
                return pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                    let own = $0.pointee
                    return (IPAddress(own.sin6_addr), UInt16(bigEndian: own.sin6_port))
                }
            default: return nil
            }
        }
    }
}
