import Crypto
package import HTTPMessage
package import Primitives

/// The signature of version 3, ACS3-HMAC-SHA256: in the Authorization header, over path, query, the headers
/// that it names, and the hash of the body.
package enum ACS3Signature {
    package static let algorithm = "ACS3-HMAC-SHA256"

    /// Without one of these under the signature, part of what is asked for would be anyone's to change.
    package static let coveredAlways = [
        "host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce",
        "x-acs-version",
    ]
    private static let headersMax = 64

    package static func isMeant(_ head: WebHead) -> Bool {
        head.headers["Authorization"]?.hasPrefix("ACS3-") == true
    }

    package static func read(_ request: WebRequest) throws(SigningFault) -> SignedRequest {
        let headers = request.head.headers
        let authorization = try ACS3Authorization(try value("Authorization", headers))
        guard authorization.signedHeaders.count <= headersMax else {
            throw .malformedAuthorization("it signs more than \(headersMax) headers")
        }
        let stamp = try value("x-acs-date", headers)
        guard let time = SigningTime.time(of: stamp) else {
            throw .malformedTime(place: "x-acs-date", value: stamp)
        }
        let nonce = try value("x-acs-signature-nonce", headers)
        guard nonce.utf8.count <= RPCSignature.nonceBytesMax else {
            throw .nonceTooLong(bytesMax: RPCSignature.nonceBytesMax)
        }
        let claimed = try value("x-acs-content-sha256", headers)
        for name in coveredAlways {
            _ = try value(name, headers)
            guard authorization.signedHeaders.contains(name) else { throw .headerNotCovered(name) }
        }
        let hash = Hex.encode(SHA256.hash(data: request.body))
        guard claimed == hash else { throw .contentHashMismatch(computed: hash) }
        return SignedRequest(
            scheme: .acs3, accessKeyID: authorization.accessKeyID, time: time, nonce: nonce,
            stringToSign: stringToSign(
                try canonicalRequest(request.head, signed: authorization.signedHeaders, contentHash: hash)),
            signature: Hex.decode(authorization.signature) ?? [])
    }

    package static func canonicalRequest(
        _ head: WebHead, signed: [String], contentHash: String
    ) throws(SigningFault) -> String {
        let query = RequestParameters.canonical(try RequestParameters.ofQuery(head))
        var lines = [head.method, head.path.isEmpty ? "/" : head.path, query]
        for name in signed {
            let values = head.headers.values(name)
            guard !values.isEmpty else { throw .missingHeader(name) }
            lines.append("\(name):\(values.map(trimmed).joined(separator: ","))")
        }
        return (lines + ["", signed.joined(separator: ";"), contentHash]).joined(separator: "\n")
    }

    package static func stringToSign(_ canonicalRequest: String) -> String {
        "\(algorithm)\n\(Hex.encode(SHA256.hash(data: Array(canonicalRequest.utf8))))"
    }

    /// The request with the headers a client adds; `host`, `x-acs-action` and `x-acs-version` stand in it
    /// already.
    package static func sign(
        _ request: WebRequest, key: SigningKey, time: Timestamp, nonce: String
    ) throws(SigningFault) -> WebRequest {
        var signed = request
        let hash = Hex.encode(SHA256.hash(data: request.body))
        signed.head.headers["x-acs-date"] = SigningTime.text(time)
        signed.head.headers["x-acs-signature-nonce"] = nonce
        signed.head.headers["x-acs-content-sha256"] = hash
        let named = signed.head.headers.fields.map { $0.name.lowercased() }
        let names = Set(named.filter { $0 == "host" || $0 == "content-type" || $0.hasPrefix("x-acs-") })
            .sorted()
        let canonical = try canonicalRequest(signed.head, signed: names, contentHash: hash)
        let code = SignedRequest.code(.acs3, stringToSign(canonical), secret: key.secret)
        signed.head.headers["Authorization"] =
            "\(algorithm) Credential=\(key.id),SignedHeaders=\(names.joined(separator: ";")),"
            + "Signature=\(Hex.encode(code))"
        return signed
    }

    private static func value(_ name: String, _ headers: HeaderList) throws(SigningFault) -> String {
        guard let value = headers[name], !value.isEmpty else { throw .missingHeader(name) }
        return value
    }

    private static func trimmed(_ text: String) -> String {
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        let kept = text.utf8.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
        return String(decoding: Array(kept), as: UTF8.self)
    }
}
