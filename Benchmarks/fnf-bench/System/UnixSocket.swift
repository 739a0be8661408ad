import Glibc

/// Unix sockets by plain system calls.
enum UnixSocket {
    /// Waits until the service's queue takes it.
    ///
    /// - Parameter patience: how long a read on it waits.
    static func connected(to path: String, patience: Duration = .seconds(30)) throws -> Int32 {
        let file = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var limit = timeval(tv_sec: Int(patience.components.seconds), tv_usec: 0)
        setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let result = try withAddress(of: path) { connect(file, $0, $1) }
        guard result == 0 else {
            defer { close(file) }
            throw BenchFault.system("can not connect to \(path)")
        }
        return file
    }

    static func listening(at path: String) throws -> Int32 {
        let file = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        unlink(path)
        let result = try withAddress(of: path) { bind(file, $0, $1) }
        guard result == 0, listen(file, 1024) == 0 else {
            defer { close(file) }
            throw BenchFault.system("can not listen at \(path)")
        }
        return file
    }

    private static func withAddress(
        of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws -> Int32 {
        var address = sockaddr_un()
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw BenchFault("the socket path \(path) is too long: choose a shorter folder by --dir")
        }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
