import FlowModel
import HTTPEgressAPI
import Primitives
import RPCProtocol

/// What an HTTP endpoint's answer means for the task. Source: fdl §5.1 and §6.
enum HTTPTaskAnswer {
    /// - Parameter wantsValue: the step ends with this answer and needs its JSON; otherwise any 2xx will do.
    static func outcome(
        of result: Result<JSONValue, RPCFailure>, wantsValue: Bool, limits: FlowLimits
    ) -> CallOutcome {
        switch result {
        case .success(let answer):
            guard let answer = try? SendRequest.Result(wire: answer, strict: false) else {
                return .failed(
                    failure(unknown, "http-egress gave an answer that its contract does not know", limits))
            }
            return outcome(of: answer, wantsValue: wantsValue, limits: limits)
        case .failure(.answered(let error)) where !error.isTransient: return outcome(of: error, limits)
        case .failure(let trouble): return .trouble(trouble)
        }
    }

    private static let unknown = "FC.Unknown"
    private static let internalServerError = "FC.InternalServerError"

    private static func failure(_ error: String, _ cause: String, _ limits: FlowLimits) -> FlowFailure {
        FlowFailure(error: error, cause: cause, limits: limits)
    }
}

// MARK: - Somebody answered

extension HTTPTaskAnswer {
    private static func outcome(
        of answer: SendRequest.Result, wantsValue: Bool, limits: FlowLimits
    ) -> CallOutcome {
        if let error = errorName(of: answer) {
            return .failed(
                failure(error, answer.body.isEmpty ? "HTTP status \(answer.status)" : answer.body, limits))
        }
        if let value = try? JSONParser.parse(answer.body) { return .output(value) }
        guard wantsValue else { return .output(.object([:])) }
        let text = answer.body.isEmpty ? "nothing" : "\"\(answer.body.prefix(200))\""
        return .failed(
            failure(FailureName.invalidLocal, "the endpoint answered \(text), which is no JSON", limits))
    }

    /// Nil: the endpoint did what it was asked.
    private static func errorName(of answer: SendRequest.Result) -> String? {
        if answer.headers.contains(where: { $0.name.lowercased() == "x-fc-error-type" }) {
            let type = (try? JSONParser.parse(answer.body))?["errorType"]?.stringValue ?? ""
            return type.isEmpty ? unknown : type
        }
        switch answer.status {
        case 200...299: return nil
        case 429: return "FC.ResourceExhausted"
        case 503: return "FC.ResourceThrottled"
        case 500...599: return internalServerError
        case 400...499: return "FC.\(errorCode(in: answer.body) ?? word(for: answer.status))"
        // Redirects are not followed: where they lead was not allowed.
        default: return unknown
        }
    }

    /// What the cloud's gateway calls the fault.
    private static func errorCode(in body: String) -> String? {
        let json = try? JSONParser.parse(body)
        guard let code = (json?["ErrorCode"] ?? json?["Code"])?.stringValue, !code.isEmpty,
            code.utf8.count <= 100,
            code.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        return code
    }

    /// For servers that are not the cloud's.
    private static func word(for status: Int64) -> String {
        switch status {
        case 400: "InvalidArgument"
        case 401, 403: "AccessDenied"
        case 404: "FunctionNotFound"
        default: "Unknown"
        }
    }
}

// MARK: - Nobody answered

extension HTTPTaskAnswer {
    private static func outcome(of error: RPCError, _ limits: FlowLimits) -> CallOutcome {
        switch error.name {
        case .addressNotAllowed: .failed(failure(FailureName.addressNotAllowed, error.message, limits))
        // As the cloud's own 500: every published retry list names it.
        case .requestNotSent: .unreached(failure(internalServerError, error.message, limits))
        case .answerLost, .answerTimedOut: .failed(failure(unknown, error.message, limits))
        case .answerTooLarge, .answerNotText, .resultTooLarge:
            .failed(failure(FailureName.invalidLocal, error.message, limits))
        case .invalidParams, .frameTooLarge: .failed(failure("FC.InvalidArgument", error.message, limits))
        default: .failed(failure(unknown, error.description, limits))
        }
    }
}
