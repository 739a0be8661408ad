import HTTPMessage

/// What an action is refused with: a status, and a code that programs know.
struct CloudError: Error, Sendable, Hashable {
    var status: Int
    var code: String
    var message: String
    /// How long a program should leave it alone; the libraries read it as milliseconds.
    var retryAfter: Duration?

    init(_ status: Int, _ code: String, _ message: String, retryAfter: Duration? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
    }
}

// The words are those that the API publishes; ours come after them.
extension CloudError {
    static func invalid(_ parameter: String, _ reason: String) -> CloudError {
        invalid("\(parameter): \(reason)")
    }

    static func invalid(_ sentence: String) -> CloudError {
        CloudError(400, "InvalidArgument", "Parameter error. \(sentence)")
    }

    static func missingParameter(_ name: String) -> CloudError {
        CloudError(400, "MissingRequiredParams", "The HTTP query '\(name)' must be specified.")
    }

    static func missingHeader(_ name: String) -> CloudError {
        CloudError(400, "MissingRequiredHeader", "The HTTP header '\(name)' must be specified.")
    }

    static func unknownAction(_ name: String) -> CloudError {
        CloudError(
            400, "ActionNotSupported",
            "The requested API operation '\(name.prefix(80))' is incorrect. Please check.")
    }

    static func unknownVersion(_ version: String) -> CloudError {
        CloudError(
            400, "APIVersionNotSupported",
            "The requested API version '\(version.prefix(40))' is not supported yet. Please check.")
    }

    static func tooLarge(bytesMax: Int64) -> CloudError {
        CloudError(
            400, "EntityTooLarge", "The payload size exceeds maximum allowed size (\(bytesMax) bytes).")
    }

    static func denied(_ sentence: String) -> CloudError {
        CloudError(403, "AccessDenied", "The resources doesn't belong to you. \(sentence)")
    }

    static let noSuchPath = CloudError(
        404, "InvalidAction.NotFound", "Specified api is not found, please check your url and method.")
    static let noSuchMethod = CloudError(
        405, "UnsupportedHTTPMethod", "This http method is not supported. Use GET or POST.")

    static func throttled(retryAfter: Duration?) -> CloudError {
        CloudError(
            429, "ResourceThrottled", "The request is throttled. Please try again later.",
            retryAfter: retryAfter)
    }

    static func unavailable(_ sentence: String) -> CloudError {
        CloudError(
            503, "ServiceUnavailable",
            "The request has failed due to a temporary failure of the server. \(sentence)")
    }

    static let internalFault = CloudError(
        500, "InternalServerError", "An internal error has occurred. Please retry.")
}

extension CloudError {
    /// A request that could not be read whole.
    init(_ fault: WebFault) {
        switch fault {
        case .malformed(let reason): self = .invalid("The request can't be read: \(reason)")
        case .headersTooLarge:
            self.init(431, "RequestHeaderFieldsTooLarge", "The head of the request is too large.")
        case .bodyTooLarge(let bytesMax): self = .tooLarge(bytesMax: Int64(bytesMax))
        case .tooSlow: self.init(408, "RequestTimeout", "The request did not come in time.")
        case .overloaded(let reason):
            self = .unavailable("\(reason); send the request again.")
            retryAfter = .seconds(1)
        case .stopping: self = .unavailable("It is stopping; send the request again.")
        }
    }
}
