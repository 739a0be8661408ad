/// Why a request is not signed in a way that could be checked at all. None says whether a key exists.
package enum SigningFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// Of the RPC style: a parameter that each signed request has.
    case missingParameter(String)
    /// A parameter that stands twice in the query, or twice in the form: which one was signed is not known.
    case repeatedParameter(String)
    case missingHeader(String)
    /// `SignatureMethod` or `SignatureVersion`.
    case unsupported(parameter: String, value: String)
    /// Units: bytes.
    case nonceTooLong(bytesMax: Int)
    /// The parameter or header that holds no time, and what it holds.
    case malformedTime(place: String, value: String)
    /// The first word of `Authorization`.
    case unknownAlgorithm(String)
    case malformedAuthorization(String)
    /// Each of these must be among the signed headers.
    case headerNotCovered(String)
    /// The body is not the one whose hash was signed.
    case contentHashMismatch(computed: String)
    /// The query or the form can't be read.
    case malformedForm(String)

    package var description: String {
        switch self {
        case .missingParameter(let name): "the parameter \(name) is missing"
        case .repeatedParameter(let name): "the parameter \(name) is given twice; give it once"
        case .missingHeader(let name): "the header \(name) is missing"
        case .unsupported(let parameter, let value): "\(parameter) '\(value)' is not supported"
        case .nonceTooLong(let bytesMax): "the nonce is longer than \(bytesMax) bytes"
        case .malformedTime(let place, let value): "\(place) '\(value)' is not a time in the expected form"
        case .unknownAlgorithm(let name): "the signature algorithm '\(name)' is not supported"
        case .malformedAuthorization(let reason): "the Authorization header is malformed: \(reason)"
        case .headerNotCovered(let name): "the header \(name) is not among the signed headers"
        case .contentHashMismatch(let computed):
            "x-acs-content-sha256 is not the hash of the body, which is \(computed)"
        case .malformedForm(let reason): "the parameters can't be read: \(reason)"
        }
    }
}
