import Crypto
import RequestSigning

/// Signs what browsers hold and what the database says of them; nothing signed for one purpose is good for
/// another.
///
/// Shape: `id.signature`, both in hex.
struct SessionSigning: Sendable {
    enum Purpose: String {
        /// The cookie of somebody who is not signed in.
        case visitor
        /// The cookie of somebody who is.
        case session
        /// What a session or a link is called on disk: from it nobody makes the cookie or the link.
        case stored
        case form
        /// A row of the database, so that whoever can only write there gains no rights.
        case row
        /// An access key as it was when a session of it began.
        case accessKey
        /// The credential's key itself: what another one signed is over.
        case epoch
        /// Secrets that are compared.
        case comparison
    }

    private let key: SymmetricKey
    /// Names the key without giving it away.
    let epoch: String

    init(_ credential: AccessCredential) {
        key = credential.sessionKey
        epoch = String(Self.mark(key, .epoch, "").prefix(16))
    }

    func mark(_ purpose: Purpose, _ text: String) -> String { Self.mark(key, purpose, text) }

    func signed(_ id: String, as purpose: Purpose) -> String { "\(id).\(mark(purpose, id))" }

    /// The id of what was signed here for the purpose; nil of anything else, in the same time.
    func opened(_ text: String?, as purpose: Purpose) -> String? {
        // A cookie of ours is 129 bytes; nobody makes us sign more.
        guard let text, text.utf8.count <= 256, let cut = text.firstIndex(of: ".") else { return nil }
        let id = String(text[..<cut])
        return isMark(text[text.index(after: cut)...], purpose, id) ? id : nil
    }

    func isMark(_ given: some StringProtocol, _ purpose: Purpose, _ text: String) -> Bool {
        guard let given = Hex.decode(given) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(
            given, authenticating: Self.bytes(purpose, text), using: key)
    }

    /// Takes the same time wherever and however they differ, also in their length.
    func isSame(_ given: String, _ expected: String) -> Bool {
        isMark(mark(.comparison, given), .comparison, expected)
    }

    private static func mark(_ key: SymmetricKey, _ purpose: Purpose, _ text: String) -> String {
        Hex.encode(HMAC<SHA256>.authenticationCode(for: bytes(purpose, text), using: key))
    }

    private static func bytes(_ purpose: Purpose, _ text: String) -> [UInt8] {
        Array("\(purpose.rawValue)\n\(text)".utf8)
    }
}
