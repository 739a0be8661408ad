package import Primitives

/// What a service answers instead of a result.
///
/// Shape: `{"code":-32001,"message":…,"data":{"name":…,"retryable":…,"requestId":…,"details":{…}}}`. The name
/// is the contract and an open string: a name this build does not know survives a round trip.
package struct RPCError: Error, Sendable, Hashable, CustomStringConvertible {
    package var name: RPCErrorName
    /// One sentence for the caller: what is wrong and what to do.
    package var message: String
    package var details: JSONObject
    /// Whether the same call may succeed later. It speaks to API callers only, never to a flow's retry.
    package var retryable: Bool
    package var requestID: String?

    package init(
        _ name: RPCErrorName, _ message: String, details: JSONObject = [:], retryable: Bool = false,
        requestID: String? = nil
    ) {
        self.name = name
        self.message = message
        self.details = details
        self.retryable = retryable
        self.requestID = requestID
    }

    package var description: String { "\(name.text): \(message)" }
}

/// The name of an error; each contract adds its own as static members.
package struct RPCErrorName: Sendable, Hashable, ExpressibleByStringLiteral {
    package let text: String

    package init(_ text: String) { self.text = text }
    package init(stringLiteral value: String) { text = value }

    package static let parseError: Self = "ParseError"
    package static let invalidRequest: Self = "InvalidRequest"
    package static let methodNotFound: Self = "MethodNotFound"
    package static let invalidParams: Self = "InvalidParams"
    package static let internalFault: Self = "Internal"
    package static let frameTooLarge: Self = "FrameTooLarge"
    package static let resultTooLarge: Self = "ResultTooLarge"
    package static let deadlineExceeded: Self = "DeadlineExceeded"
    package static let canceled: Self = "Canceled"
    package static let accessDenied: Self = "AccessDenied"
    package static let resourceThrottled: Self = "ResourceThrottled"
    package static let idempotencyConflict: Self = "IdempotencyConflict"
    package static let slowConsumer: Self = "SlowConsumer"
    /// A service answers that it can't do its work now (its disk, or a peer it needs); nothing was changed.
    package static let serviceUnavailable: Self = "ServiceUnavailable"

    /// JSON-RPC's class of the error.
    package var code: Int64 {
        switch self {
        case .parseError: -32700
        case .invalidRequest: -32600
        case .methodNotFound: -32601
        case .invalidParams: -32602
        case .internalFault: -32603
        default: -32001
        }
    }
}

extension RPCError {
    package init(json: JSONValue) {
        let data = json["data"]
        self.init(
            RPCErrorName(data?["name"]?.stringValue ?? "Internal"),
            json["message"]?.stringValue ?? "the peer gave no message",
            details: data?["details"]?.objectValue ?? [:],
            retryable: data?["retryable"]?.boolValue ?? false,
            requestID: data?["requestId"]?.stringValue)
    }

    /// Appends its text without building a value.
    func write(into buffer: inout [UInt8]) {
        writeHead(into: &buffer)
        if let requestID {
            JSONWriter.write(raw: #","requestId":"#, into: &buffer)
            JSONWriter.write(requestID, into: &buffer)
        }
        writeTail(into: &buffer)
    }

    /// What stands before the request's id.
    func writeHead(into buffer: inout [UInt8]) {
        JSONWriter.write(raw: #"{"code":"#, into: &buffer)
        JSONWriter.write(name.code, into: &buffer)
        JSONWriter.write(raw: #","data":{"#, into: &buffer)
        if !details.isEmpty {
            JSONWriter.write(raw: #""details":"#, into: &buffer)
            JSONWriter.write(.object(details), into: &buffer)
            buffer.append(UInt8(ascii: ","))
        }
        JSONWriter.write(raw: #""name":"#, into: &buffer)
        JSONWriter.write(name.text, into: &buffer)
    }

    /// What stands behind it.
    func writeTail(into buffer: inout [UInt8]) {
        JSONWriter.write(raw: #","retryable":"#, into: &buffer)
        JSONWriter.write(.bool(retryable), into: &buffer)
        JSONWriter.write(raw: #"},"message":"#, into: &buffer)
        JSONWriter.write(message, into: &buffer)
        buffer.append(UInt8(ascii: "}"))
    }

    package static func throttled(_ message: String, retryAfter: Duration) -> RPCError {
        let milliseconds =
            retryAfter.components.seconds * 1000 + retryAfter.components.attoseconds / 1_000_000_000_000_000
        return RPCError(
            .resourceThrottled, message, details: ["retryAfterMs": .integer(milliseconds)], retryable: true)
    }

    package static func unavailable(_ message: String) -> RPCError {
        RPCError(.serviceUnavailable, message, retryable: true)
    }

    /// The answer of a process that ends, to who would have to wait; its successor takes the same call.
    package static let stopping = RPCError(
        .serviceUnavailable, "the service is stopping; call again, the next one takes over",
        details: ["stopping": true], retryable: true)

    package var isStopping: Bool { details["stopping"] == true }
}
