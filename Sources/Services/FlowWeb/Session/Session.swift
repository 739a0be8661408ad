import Primitives
import WebPages

/// Somebody who signed in with a browser.
struct Session: Sendable {
    /// What the session is called on disk; its cookie can't be made from it.
    let mark: String
    /// Shown beside "Sign out": the access key's id, or who made the link.
    let name: String
    let role: VisitorRole
    /// Patterns of flow names; empty: all.
    let flows: [String]
    /// Nil: it began with a one-time link.
    let accessKey: AccessKeyMark?
    let created: Timestamp
    let expires: Timestamp
    var lastSeen: Timestamp

    /// The access key that a session lives by, as it was when the session began.
    struct AccessKeyMark: Sendable, Hashable {
        let id: String
        let mark: String
    }

    /// Enough to name it to an operator.
    var id: String { String(mark.prefix(12)) }

    func isOver(at now: Timestamp, idleMax: Duration) -> Bool {
        now >= expires || now >= lastSeen.advanced(by: idleMax)
    }

    var grant: AccessGrant {
        AccessGrant(
            accessKeyID: name, role: AccessGrant.Role(rawValue: role.rawValue) ?? .read, flows: flows)
    }

    /// All that gives rights; signed, so that the row is worth nothing when another hand changed it.
    var signedText: String {
        let parts = [
            mark, name, role.rawValue, flows.joined(separator: " "), accessKey?.id ?? "",
            accessKey?.mark ?? "",
            "\(created.microseconds)", "\(expires.microseconds)",
        ]
        return "session\n" + parts.joined(separator: "\n")
    }
}

/// A link that signs in once.
struct SignInLink: Sendable {
    let mark: String
    let name: String
    let role: VisitorRole
    let flows: [String]
    let expires: Timestamp

    var signedText: String {
        let parts = [
            mark, name, role.rawValue, flows.joined(separator: " "), "\(expires.microseconds)",
        ]
        return "link\n" + parts.joined(separator: "\n")
    }
}
