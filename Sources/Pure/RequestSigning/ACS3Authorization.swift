/// The Authorization header of version 3. Shape:
/// `ACS3-HMAC-SHA256 Credential=<id>,SignedHeaders=<a;b>,Signature=<hex>`.
struct ACS3Authorization {
    let accessKeyID: String
    /// Lower case, in the order in which they were signed.
    let signedHeaders: [String]
    let signature: String

    init(_ text: String) throws(SigningFault) {
        let words = text.split(separator: " ", maxSplits: 1)
        let algorithm = words.first.map(String.init) ?? ""
        guard algorithm == ACS3Signature.algorithm else { throw .unknownAlgorithm(algorithm) }
        guard words.count == 2 else { throw .malformedAuthorization("it names no Credential") }
        var members: [String: String] = [:]
        for part in words[1].split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { throw .malformedAuthorization("'\(part.prefix(40))' is no member") }
            let name = pair[0].drop { $0 == " " }
            guard members.updateValue(String(pair[1]), forKey: String(name)) == nil else {
                throw .malformedAuthorization("it names \(name.prefix(40)) twice")
            }
        }
        func member(_ name: String) throws(SigningFault) -> String {
            guard let value = members[name], !value.isEmpty else {
                throw .malformedAuthorization("it names no \(name)")
            }
            return value
        }
        accessKeyID = try member("Credential")
        signedHeaders = try member("SignedHeaders").split(separator: ";").map(String.init)
        signature = try member("Signature")
        guard signedHeaders.allSatisfy({ $0 == $0.lowercased() }) else {
            throw .malformedAuthorization("the names in SignedHeaders are in lower case")
        }
        guard Set(signedHeaders).count == signedHeaders.count else {
            throw .malformedAuthorization("SignedHeaders names a header twice")
        }
    }
}
