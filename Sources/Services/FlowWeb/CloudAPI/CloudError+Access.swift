import RequestSigning

extension CloudError {
    /// A request that is not signed in a way that could be checked.
    init(_ fault: SigningFault) {
        switch fault {
        case .missingParameter(let name):
            self.init(400, "Missing\(name)", "\(name) is mandatory for this action.")
        case .missingHeader(let name): self = .missingHeader(name)
        case .malformedTime:
            self.init(
                400, "InvalidTimeStamp.Format",
                "Specified time stamp or date value is not well formatted. Write it as 2026-11-23T09:30:00Z.")
        case .contentHashMismatch(let computed):
            self.init(
                400, "SignatureDoesNotMatch",
                "\(Self.mismatch) The hash of the body is not the one that is signed, it is:\(computed)")
        case .unsupported, .unknownAlgorithm, .malformedAuthorization, .headerNotCovered:
            self.init(
                400, "IncompleteSignature",
                "The request signature does not conform to the standards. \(fault)")
        case .repeatedParameter, .nonceTooLong, .malformedForm: self = .invalid(fault.description)
        }
    }

    init(_ fault: AccessFault) {
        switch fault {
        case .unknownKey:
            self.init(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")
        case .disabledKey:
            self.init(403, "InvalidAccessKeyId.Inactive", "Specified access key is disabled.")
        case .tooSkewed(let requestTime, let now):
            self.init(
                400, "InvalidTimeStamp.Expired",
                "Specified time stamp or date value is expired. It says \(requestTime), here it is \(now).")
        case .nonceUsed:
            self.init(400, "SignatureNonceUsed", "Specified signature nonce was used already.")
        case .signatureMismatch(let stringToSign): self = .signatureMismatch(stringToSign)
        case .throttled(let retryAfter): self = .throttled(retryAfter: retryAfter)
        case .unavailable(let reason): self = .unavailable("The access keys can't be read now. \(reason)")
        }
    }

    /// The libraries compare what stands behind the first colon with what they signed, to tell a wrong secret
    /// from a request that was changed on its way. So there is one colon, and nothing else behind it.
    static func signatureMismatch(_ stringToSign: String) -> CloudError {
        // Of a body of megabytes it is five times as long, and this answer goes to who may be anyone.
        let shown = String(stringToSign.utf8.prefix(stringToSignBytesMax)) ?? ""
        return CloudError(400, "SignatureDoesNotMatch", "\(mismatch) server string to sign is:\(shown)")
    }

    private static let stringToSignBytesMax = 65_536

    private static let mismatch = "Specified signature is not matched with our calculation."
}
