import Glibc

/// Why the supervisor can not do what it was asked; the text says the way out.
package enum SupervisorFault: Error, Sendable, Hashable, CustomStringConvertible {
    case programMissing(name: String, lookedIn: [String])
    case defaultsMissing(lookedIn: [String])
    case configurationUnusable(path: String, reason: String)
    case folderUnusable(path: String, reason: String)
    /// Another `fnfctl up` runs in this folder.
    case folderInUse(path: String, pid: Int32?)
    case socketPathTooLong(path: String, bytes: Int)
    case socketUnusable(path: String, reason: String)
    /// A TCP address that was asked for.
    case addressUnusable(String, reason: String)
    case credentialUnusable(path: String, reason: String)
    case systemCall(String, errno: Int32)
    case unknownService(String, known: [String])
    /// What was waited for did not happen; `last` tells how the services were then.
    case timedOut(after: Duration, last: String)
    /// The supervisor stopped before what was waited for happened.
    case stopped(last: String)
    case canceled

    package var description: String {
        switch self {
        case .programMissing(let name, let folders):
            "the program \(name) is not in \(folders.joined(separator: ", ")): build it (make), or name "
                + "its folder by FNF_LIBEXEC_DIR"
        case .defaultsMissing(let folders):
            "the default configuration is not in \(folders.joined(separator: ", ")): "
                + "name a folder by --config"
        case .configurationUnusable(let path, let reason):
            "the configuration folder \(path) can not be used: \(reason)"
        case .folderUnusable(let path, let reason):
            "the folder \(path) can not be used: \(reason); choose another by --dir"
        case .folderInUse(let path, let pid):
            "another fnfctl up\(pid.map { " (pid \($0))" } ?? "") runs in \(path): stop it, or choose "
                + "another folder by --dir"
        case .socketPathTooLong(let path, let bytes):
            "the socket path \(path) has \(bytes) bytes and the kernel allows 107: "
                + "choose a shorter folder by --dir"
        case .socketUnusable(let path, let reason):
            "the socket \(path) can not be opened: \(reason)"
        case .addressUnusable(let address, let reason):
            "the address \(address) can not be listened at: \(reason); choose another port, or 0 for any "
                + "that is free"
        case .credentialUnusable(let path, let reason):
            "the credential \(path) can not be made: \(reason)"
        case .systemCall(let name, let errno): "\(name) failed: \(systemReason(errno))"
        case .unknownService(let name, let known):
            "there is no service \(name): the services are \(known.joined(separator: ", "))"
        case .timedOut(let limit, let last): "it did not happen within \(limit); the services: \(last)"
        case .stopped(let last): "the supervisor stopped before it happened; the services: \(last)"
        case .canceled: "the wait was canceled"
        }
    }
}

/// The system's words for an error number.
func systemReason(_ number: Int32) -> String {
    strerror(number).map { String(cString: $0) } ?? "error \(number)"
}
