import MessageXML

/// Why a request of the message service is refused, in its words. Source: MNS 2015-06-06, error codes.
struct MessageFault: Error, Sendable {
    let status: Int
    let code: String
    let message: String
    var headers: [(String, String)] = []

    init(_ status: Int, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }
}

// MARK: - What is wrong with a request

extension MessageFault {
    static func noSuchPath(_ path: String) -> MessageFault {
        MessageFault(
            400, "InvalidRequestURL",
            "Http request URL format invalid. There is nothing at \(path.prefix(300)); paths begin with "
                + "/queues or /topics.")
    }

    static func noSuchMethod(_ method: String, allowed: String) -> MessageFault {
        var fault = MessageFault(
            405, "InvalidRequestURL",
            "Http request URL format invalid. \(method.prefix(20)) is nothing that can be done here; "
                + "\(allowed) are.")
        fault.headers = [("Allow", allowed)]
        return fault
    }

    static func queryString(_ reason: String) -> MessageFault {
        MessageFault(
            400, "InvalidQueryString", "Http request URL contains invalid querystring item: \(reason).")
    }

    static func malformed(_ fault: MessageXMLFault) -> MessageFault {
        MessageFault(400, "MalformedXML", "The XML you provided was not well-formed. \(fault).")
    }

    static func schema(_ element: String, _ reason: String) -> MessageFault {
        MessageFault(
            400, "InvalidArgument",
            "The XML you provided did not validate against our published schema, cause by \(element) "
                + "Element: \(reason).")
    }

    static func argument(_ name: String, _ reason: String) -> MessageFault {
        MessageFault(400, "InvalidArgument", "\(name): \(reason)")
    }

    static func outOfRange(_ name: String, found: String, _ range: MessageRange) -> MessageFault {
        let unit = range.unit.isEmpty ? "" : " \(range.unit)"
        return MessageFault(
            400, "InvalidArgument",
            "The value of \(name) should between \(range.values.lowerBound) and "
                + "\(range.values.upperBound)\(unit), not \(found.prefix(40)).")
    }

    static let missingReceiptHandle = MessageFault(
        400, "MissingReceiptHandle", "ReceiptHandle is required.")
    static let missingVisibilityTimeout = MessageFault(
        400, "MissingVisibilityTimeout", "VisibilityTimeout is required.")
    static let digestMismatch = MessageFault(
        400, "InvalidDegist", "The Content-MD5 you specified is invalid: it is not that of the body.")
    static let noMessage = MessageFault(404, "MessageNotExist", "Message not exist.")

    static func accessDenied(
        key: String, has role: AccessGrant.Role, needs: AccessGrant.Role
    ) -> MessageFault {
        MessageFault(
            403, "AccessDenied",
            "The OwnerId that your Access Key Id associated to is forbidden for this operation: the key "
                + "\(key) has the role \(role.rawValue), and \(needs.rawValue) is needed.")
    }
}
