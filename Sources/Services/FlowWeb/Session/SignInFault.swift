/// Why somebody is not signed in.
enum SignInFault: Error, Sendable, Hashable {
    /// No such key, another secret, a disabled key: nobody learns which.
    case wrong
    /// The link was used, is over or was never made.
    case noSuchLink
    case throttled(retryAfter: Duration)
    /// Nothing can be written now.
    case unavailable(String)

    /// A word for counters and logs.
    var reason: String {
        switch self {
        case .wrong: "wrongKey"
        case .noSuchLink: "noSuchLink"
        case .throttled: "throttled"
        case .unavailable: "unavailable"
        }
    }
}
