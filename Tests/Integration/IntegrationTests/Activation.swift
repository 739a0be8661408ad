import Glibc
import RPCProtocol
import TestHost

/// The arguments of systemd-socket-activate that open a service's doors in a folder.
func doors(of service: FnfService, _ folder: String) -> [String] {
    let doors: [RPCDoor] =
        switch service {
        case .flowEngine: [.client, .admin, .report]
        case .orderStore: [.client, .admin, .internal, .task]
        case .paymentGateway, .supplierRules, .httpEgress: [.client, .admin, .task]
        case .flowWeb: [.client, .admin]
        }
    return doors.flatMap { ["-l", "\(folder)/\($0.socketName(of: service.rawValue))"] }
        + ["--fdname=" + doors.map(\.rawValue).joined(separator: ":")]
        + ["STATE_DIRECTORY", "FNF_CONFIG_DIR", "FNF_RUNTIME_DIR", "FNF_LOG_FORMAT", "CREDENTIALS_DIRECTORY"]
        .flatMap { ["-E", $0] }
}

/// One connect, which makes systemd-socket-activate start the program; what becomes of it doesn't matter.
func connectOnce(_ path: String) {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    _ = withUnsafePointer(to: address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
}
