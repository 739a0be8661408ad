import FlowEngineAPI
import Primitives
import RPCProtocol

extension CloudError {
    /// The engine's refusal of an action, in the published words.
    ///
    /// - Parameter params: what the engine was asked.
    init(_ failure: RPCFailure, of action: CloudAction, _ params: JSONObject) {
        guard case .answered(let error) = failure else {
            self = .unavailable("\(failure). Send the request again.")
            return
        }
        self = Self.ofName(error, action, params)
    }

    private static func ofName(
        _ error: RPCError, _ action: CloudAction, _ params: JSONObject
    ) -> CloudError {
        switch error.name {
        case .invalidArgument, .invalidParams: return .invalid(error.message)
        case .entityTooLarge:
            guard let bytesMax = error.details["bytesMax"]?.integerValue else {
                return CloudError(400, error.name.text, error.message)
            }
            return .tooLarge(bytesMax: bytesMax)
        case .frameTooLarge:
            return .tooLarge(bytesMax: error.details["frameBytesMax"]?.integerValue ?? 4 << 20)
        case .resourceThrottled:
            let milliseconds = error.details["retryAfterMs"]?.integerValue
            var throttled = CloudError.throttled(retryAfter: milliseconds.map { .milliseconds($0) })
            throttled.message += " \(error.message)"
            return throttled
        case .serviceUnavailable, .canceled, .deadlineExceeded: return .unavailable(error.message)
        case .accessDenied: return .denied(error.message)
        default: return ofSubject(error, action, params)
        }
    }

    /// Refusals that name what is there, or is not.
    private static func ofSubject(
        _ error: RPCError, _ action: CloudAction, _ params: JSONObject
    ) -> CloudError {
        func text(_ name: String) -> String { params[name]?.stringValue ?? "" }
        let flow = error.details["flow"]?.stringValue ?? text(action.flowParameter ?? "FlowName")
        let execution = error.details["execution"]?.stringValue ?? text("ExecutionName")
        let published: (Int, String)
        switch error.name {
        case .flowNotExists, .executionNotExists:
            // Who shows a token names neither: then it is the token that is wrong.
            if let parameter = action.tokenParameter(missing: error, params) {
                return .invalid(parameter, "\(error.message), so the token is of no task")
            }
            // The two blanks are the published ones.
            published =
                error.name == .flowNotExists
                ? (404, "Flow  \(flow) does not exist.")
                : (404, "Execution \(execution) for flow \(flow) does not exist.")
        case .flowAlreadyExists: published = (409, "Flow \(flow) already exists.")
        case .executionAlreadyExists:
            published = (400, "Execution \(execution) for flow \(flow) already exists.")
        case .executionAlreadyCompleted:
            published = (400, "Execution '\(execution)' for flow '\(flow)' has already completed.")
        case .taskAlreadyCompleted:
            let task = action.task(params)
            published = (400, "Task \(task) has already completed.")
        case .taskInvalidState: published = (409, "Task is in an invalid state, please retry.")
        case .scheduleNotExists:
            published = (404, "The schedule \(text("ScheduleName")) for flow \(flow) does not exist.")
        case .scheduleAlreadyExists:
            published = (409, "The schedule \(text("ScheduleName")) already exists in flow \(flow).")
        case .concurrentUpdateError: published = (409, "Update conflict, please retry.")
        // Of versions and aliases nothing is published.
        case .flowVersionNotExists, .flowAliasNotExists: published = (404, "\(error.message).")
        case .flowVersionInUse, .flowAliasAlreadyExists: published = (409, "\(error.message).")
        default: return .internalFault
        }
        return CloudError(published.0, error.name.text, published.1)
    }
}
