import SystemdKit

/// Why a service can't start: one sentence with the way out, and what the process exits with.
struct StartFault: Error, CustomStringConvertible {
    /// Source: sysexits.h, which systemd shows by name.
    enum Code: Int32 {
        case failed = 1
        /// EX_USAGE: started without sockets.
        case usage = 64
        /// EX_CONFIG
        case configuration = 78
    }

    let description: String
    let code: Code

    init(_ description: String, code: Code = .failed) {
        self.description = description
        self.code = code
    }

    init(_ error: ListenSocketsError) { self.init(error.description, code: .usage) }
    init(_ error: HostingError) { self.init(error.description, code: .configuration) }
}
