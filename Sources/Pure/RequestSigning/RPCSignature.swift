package import HTTPMessage
package import Primitives

/// The RPC style's signature, version 1: HMAC-SHA1 over all parameters of the query and the form.
///
/// Source: the published rules of the RPC style; the key is the secret with `&` behind it.
package enum RPCSignature {
    /// Longer than any library's; a nonce is remembered.
    package static let nonceBytesMax = 128
    package static let method = "HMAC-SHA1"
    package static let version = "1.0"

    /// - Parameter parameters: query and form as `RequestParameters.of` gives them.
    package static func read(
        _ method: String, _ parameters: FormParameters
    ) throws(SigningFault) -> SignedRequest {
        let id = try value("AccessKeyId", parameters)
        let signature = try value("Signature", parameters)
        let algorithm = try value("SignatureMethod", parameters)
        guard algorithm.uppercased() == Self.method else {
            throw .unsupported(parameter: "SignatureMethod", value: algorithm)
        }
        let version = try value("SignatureVersion", parameters)
        guard version == Self.version else {
            throw .unsupported(parameter: "SignatureVersion", value: version)
        }
        let nonce = try value("SignatureNonce", parameters)
        guard nonce.utf8.count <= nonceBytesMax else { throw .nonceTooLong(bytesMax: nonceBytesMax) }
        let stamp = try value("Timestamp", parameters)
        guard let time = SigningTime.time(of: stamp) else {
            throw .malformedTime(place: "Timestamp", value: stamp)
        }
        return SignedRequest(
            scheme: .rpc1, accessKeyID: id, time: time, nonce: nonce,
            stringToSign: stringToSign(method, parameters),
            // What is no base64 is no code's text: it fails as a wrong signature does.
            signature: Base64.decode(signature) ?? [])
    }

    package static func read(_ request: WebRequest) throws(SigningFault) -> SignedRequest {
        try read(request.head.method, try RequestParameters.of(request))
    }

    package static func stringToSign(_ method: String, _ parameters: FormParameters) -> String {
        var signed = parameters
        signed.remove("Signature")
        return "\(method)&%2F&\(PercentCoding.encode(RequestParameters.canonical(signed)))"
    }

    /// What a client adds to its own parameters: the common ones and the signature, which covers both.
    package static func sign(
        _ method: String, _ parameters: FormParameters, key: SigningKey, time: Timestamp, nonce: String
    ) -> FormParameters {
        var common = FormParameters([
            ("AccessKeyId", key.id), ("SignatureMethod", Self.method), ("SignatureVersion", version),
            ("SignatureNonce", nonce), ("Timestamp", SigningTime.text(time)),
        ])
        var all = parameters
        all.add(common)
        let code = SignedRequest.code(.rpc1, stringToSign(method, all), secret: key.secret)
        common.add(FormParameters([("Signature", Base64.encode(code))]))
        return common
    }

    private static func value(
        _ name: String, _ parameters: FormParameters
    ) throws(SigningFault) -> String {
        guard let value = parameters[name], !value.isEmpty else { throw .missingParameter(name) }
        return value
    }
}
