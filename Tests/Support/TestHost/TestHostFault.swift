import Glibc

/// Why a test could not be set up, or what it found at its end.
package enum TestHostFault: Error, Sendable, CustomStringConvertible {
    case systemCall(String, errno: Int32)
    case notBuilt(String, folder: String)
    /// Replies that are not as `rpc.discover` says.
    case schemaViolations([String])
    case commandFailed(CommandResult, expected: String)
    /// The command ended, or its time was up, before it printed what was waited for.
    case notPrinted(String, CommandResult)
    case database(path: String, reason: String)

    package var description: String {
        switch self {
        case .systemCall(let call, let errno): "\(call): \(String(cString: strerror(errno)))"
        case .notBuilt(let name, let folder): "\(name) is not in \(folder): run `swift build --build-tests`"
        case .schemaViolations(let all):
            "\(all.count) replies are not as rpc.discover says:\n" + all.prefix(20).joined(separator: "\n")
        case .commandFailed(let result, let expected): "expected \(expected): \(result)"
        case .notPrinted(let what, let result): "\(what) was not printed: \(result)"
        case .database(let path, let reason): "\(path): \(reason)"
        }
    }
}
