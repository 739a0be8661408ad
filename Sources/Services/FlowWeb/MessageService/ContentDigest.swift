import Crypto
import RequestSigning

/// The `Content-MD5` of a request.
enum ContentDigest {
    /// Throws: `InvalidDegist` when the header is there and is not the digest of the body.
    ///
    /// Shape: base64 of the 16 bytes as RFC 1864 has it, or base64 of their 32 hexadecimal digits, which the
    /// Python library sends.
    static func check(_ header: String?, of body: [UInt8]) throws(MessageFault) {
        guard let header, !header.isEmpty else { return }
        let digest = Array(Insecure.MD5.hash(data: body))
        let given = Base64.decode(header) ?? []
        let hex = String(decoding: given, as: UTF8.self).lowercased()
        guard given == digest || hex == Hex.encode(digest) else { throw .digestMismatch }
    }
}
