import HTTPMessage
import RequestSigning

// What keeps a request out before it is looked at, in the words of the message service.
extension MessageFault {
    init(_ fault: SigningFault) {
        switch fault {
        case .missingHeader("Date"): self.init(400, "MissingDateHeader", "Date header is required.")
        case .malformedTime:
            self.init(400, "InvalidDateHeader", "The Date header format is invalid: \(fault).")
        case .missingHeader("Authorization"):
            self.init(400, "MissingAuthorizationHeader", "Authorization header is required.")
        default:
            self.init(
                400, "InvalidAuthorizationHeader", "The Authorization header format is invalid: \(fault).")
        }
    }

    init(_ fault: AccessFault) {
        switch fault {
        case .unknownKey:
            self.init(403, "InvalidAccessKeyId", "The AccessKey Id you provided is not exist.")
        case .disabledKey(let id):
            self.init(403, "InvalidAccessKeyId", "The AccessKey Id \(id) is disabled.")
        case .tooSkewed(let time, let now):
            self.init(
                408, "TimeExpired",
                "The http request you sent is expired: it is of \(time), and it is \(now).")
        case .nonceUsed:
            self.init(403, "SignatureDoesNotMatch", "The request was sent before; sign it again.")
        case .signatureMismatch:
            self.init(
                403, "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. "
                    + "Check your key and signing method.")
        case .throttled(let pause):
            self.init(
                400, "QpsLimitExceeded",
                "The qps limit of the access key is exceeded; try again in \(Self.seconds(pause)) s.")
            headers = [("Retry-After", "\(Self.seconds(pause))")]
        case .unavailable(let reason):
            self.init(503, "ServiceUnavailable", reason)
        }
    }

    init(_ fault: WebFault) {
        switch fault {
        case .malformed(let reason): self.init(400, "InvalidArgument", "The request is no HTTP: \(reason).")
        case .headersTooLarge:
            self.init(431, "InvalidArgument", "The headers of the request are larger than they may be.")
        case .bodyTooLarge(let bytesMax):
            self.init(413, "EntityTooLarge", "The body of the request is larger than \(bytesMax) bytes.")
        case .tooSlow: self.init(408, "RequestTimeout", "The request did not come in time.")
        case .overloaded(let reason): self.init(503, "ServiceUnavailable", "\(reason); try again.")
        case .stopping:
            self.init(503, "ServiceUnavailable", "The service is stopping; try again in a moment.")
        }
    }

    /// Rounded up, so that nobody comes too early.
    private static func seconds(_ pause: Duration) -> Int64 {
        max(1, pause.components.seconds + (pause.components.attoseconds > 0 ? 1 : 0))
    }
}
