package import HTTPMessage
package import Primitives

/// The message service's signature: HMAC-SHA1 over method, three headers, the `x-mns-` headers and the
/// target.
///
/// Shape: `Authorization: MNS <id>:<base64>`. It has no nonce: only its time bounds how long it may be sent
/// again.
package enum MessageSignature {
    package static let scheme = "MNS"

    package static func isMeant(_ head: WebHead) -> Bool {
        head.headers["Authorization"]?.hasPrefix("\(scheme) ") == true
    }

    package static func read(_ head: WebHead) throws(SigningFault) -> SignedRequest {
        guard let authorization = head.headers["Authorization"], !authorization.isEmpty else {
            throw .missingHeader("Authorization")
        }
        let words = authorization.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard words[0] == scheme else { throw .unknownAlgorithm(String(words[0])) }
        let parts = (words.count == 2 ? words[1] : "").split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw .malformedAuthorization("it is not 'MNS <AccessKeyId>:<signature>'")
        }
        guard let date = head.headers["Date"], !date.isEmpty else { throw .missingHeader("Date") }
        guard let time = HTTPDate.time(of: date) else { throw .malformedTime(place: "Date", value: date) }
        return SignedRequest(
            scheme: .mns, accessKeyID: String(parts[0]), time: time, nonce: nil,
            stringToSign: stringToSign(head), signature: Base64.decode(parts[1]) ?? [])
    }

    package static func stringToSign(_ head: WebHead) -> String {
        let headers = head.headers
        var text = "\(head.method)\n\(headers["Content-MD5"] ?? "")\n\(headers["Content-Type"] ?? "")\n"
        text += "\(headers["Date"] ?? "")\n"
        let named = headers.fields.map { (name: $0.name.lowercased(), value: $0.value) }
            .filter { $0.name.hasPrefix("x-mns-") }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        for header in named { text += "\(header.name):\(header.value)\n" }
        return text + head.target
    }

    /// The head with the headers that a client adds.
    package static func sign(_ head: WebHead, key: SigningKey, time: Timestamp) -> WebHead {
        var signed = head
        signed.headers["Date"] = HTTPDate.text(time)
        let code = SignedRequest.code(.mns, stringToSign(signed), secret: key.secret)
        signed.headers["Authorization"] = "\(scheme) \(key.id):\(Base64.encode(code))"
        return signed
    }
}
