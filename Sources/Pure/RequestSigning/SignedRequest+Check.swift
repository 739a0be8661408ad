import Crypto

extension SignedRequest {
    /// Whether the holder of the secret signed this request.
    ///
    /// The comparison takes the same time wherever the two differ, so that it can't be guessed byte by byte.
    package func isSigned(with secret: String) -> Bool {
        switch scheme {
        case .rpc1: Self.isCode(signature, Insecure.SHA1.self, key: "\(secret)&", stringToSign)
        case .acs3: Self.isCode(signature, SHA256.self, key: secret, stringToSign)
        case .mns: Self.isCode(signature, Insecure.SHA1.self, key: secret, stringToSign)
        }
    }

    /// The raw bytes of the signature that the secret's holder would give.
    package static func code(_ scheme: Scheme, _ stringToSign: String, secret: String) -> [UInt8] {
        switch scheme {
        case .rpc1: code(Insecure.SHA1.self, key: "\(secret)&", stringToSign)
        case .acs3: code(SHA256.self, key: secret, stringToSign)
        case .mns: code(Insecure.SHA1.self, key: secret, stringToSign)
        }
    }

    private static func isCode<Hash: HashFunction>(
        _ code: [UInt8], _: Hash.Type, key: String, _ text: String
    ) -> Bool {
        HMAC<Hash>.isValidAuthenticationCode(
            code, authenticating: Array(text.utf8), using: SymmetricKey(data: Array(key.utf8)))
    }

    private static func code<Hash: HashFunction>(_: Hash.Type, key: String, _ text: String) -> [UInt8] {
        Array(
            HMAC<Hash>.authenticationCode(
                for: Array(text.utf8), using: SymmetricKey(data: Array(key.utf8))))
    }
}
