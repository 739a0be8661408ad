import Crypto
import RequestSigning

/// What systemd hands over so that the secrets in the database can be read: without it they are noise.
///
/// Shape: 32 bytes as they are; or text with a line for each key, base64 or hex of 32 bytes, the one to seal
/// with first and former ones below it; `#` begins a comment.
package struct AccessCredential: Sendable {
    package static let name = "flow-web-key"
    static let keyBytes = 32
    /// The present key and those before it, while a change is under way.
    static let keysMax = 8

    /// Newest first.
    private let keys: [SymmetricKey]
    /// Signs what browsers hold; of the newest key only, so that another credential ends their sessions.
    let sessionKey: SymmetricKey

    package init(_ content: [UInt8]) throws(AccessStartFault) {
        let secrets = content.count == Self.keyBytes ? [content] : try Self.lines(content)
        keys = secrets.map { Self.derive($0, "fnf access key secrets 1") }
        sessionKey = Self.derive(secrets[0], "fnf browser sessions 1")
    }

    private static func derive(_ secret: [UInt8], _ purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secret), info: Array(purpose.utf8),
            outputByteCount: keyBytes)
    }

    private static func lines(_ content: [UInt8]) throws(AccessStartFault) -> [[UInt8]] {
        guard let text = String(validating: content, as: UTF8.self) else { throw malformed("it is not text") }
        var secrets: [[UInt8]] = []
        for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            let word = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if word.isEmpty { continue }
            // The hex of a key is base64 as well, of more bytes.
            let readings = [Base64.decode(word), Hex.decode(word.lowercased())]
            guard let bytes = readings.compactMap({ $0 }).first(where: { $0.count == keyBytes }) else {
                throw malformed("line \(secrets.count + 1) is no key")
            }
            secrets.append(bytes)
        }
        guard !secrets.isEmpty else { throw malformed("it holds no key") }
        guard secrets.count <= keysMax else { throw malformed("it holds more than \(keysMax) keys") }
        return secrets
    }

    private static func malformed(_ reason: String) -> AccessStartFault {
        AccessStartFault(
            "the credential \(name) can't be used: \(reason); it is \(keyBytes) bytes as base64 or hex, made "
                + "for example by `head -c 32 /dev/urandom | base64`")
    }

    /// - Parameter place: what the text belongs to; it opens only together with the same.
    func seal(_ text: String, place: String, nonce: [UInt8]) -> String {
        // A nonce of twelve bytes and a key of 32 are what the cipher takes: nothing here can fail.
        guard let nonce = try? ChaChaPoly.Nonce(data: nonce),
            let box = try? ChaChaPoly.seal(
                Array(text.utf8), using: keys[0], nonce: nonce, authenticating: Array(place.utf8))
        else { preconditionFailure("a sealing nonce has \(Self.nonceBytes) bytes") }
        return Base64.encode(Array(box.combined))
    }

    static let nonceBytes = 12

    /// What was sealed, and whether by the present key; nil when no key opens it.
    func open(_ sealed: String, place: String) -> (text: String, isPresent: Bool)? {
        guard let bytes = Base64.decode(sealed), let box = try? ChaChaPoly.SealedBox(combined: bytes) else {
            return nil
        }
        for (index, key) in keys.enumerated() {
            guard let plain = try? ChaChaPoly.open(box, using: key, authenticating: Array(place.utf8)),
                let text = String(validating: Array(plain), as: UTF8.self)
            else { continue }
            return (text, index == 0)
        }
        return nil
    }
}
