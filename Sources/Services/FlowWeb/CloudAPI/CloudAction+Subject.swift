import FlowModel
import Primitives
import RPCProtocol

extension CloudAction {
    var flowParameter: String? { if case .flow(let parameter) = subject { parameter } else { nil } }

    /// The flows that a request touches, by the parameter that says so. A token that can't be read says
    /// nothing: the engine refuses it.
    func flows(_ params: JSONObject) -> [(parameter: String, flow: String)] {
        var flows: [(String, String)] = []
        if let parameter = flowParameter, let flow = params[parameter]?.stringValue {
            flows.append((parameter, flow))
        }
        for parameter in tokenParameters {
            if let token = Self.token(params[parameter]) { flows.append((parameter, token.flow)) }
        }
        return flows
    }

    /// Parameters that hold a task token.
    private var tokenParameters: [String] {
        if case .token(let parameter) = subject { return [parameter] }
        return parameters.map(\.name).filter { $0 == "CallbackFnFTaskToken" }
    }

    /// The parameter whose token names what is missing.
    func tokenParameter(missing error: RPCError, _ params: JSONObject) -> String? {
        tokenParameters.first { parameter in
            guard let token = Self.token(params[parameter]) else { return false }
            if case .token = subject { return true }
            guard error.details["flow"]?.stringValue == token.flow else { return false }
            return error.details["execution"]?.stringValue.map { $0 == token.execution }
                ?? (token.flow != params[flowParameter ?? ""]?.stringValue)
        }
    }

    /// A task in words: the token itself is a right, which has no place in a message.
    func task(_ params: JSONObject) -> String {
        guard let token = tokenParameters.lazy.compactMap({ Self.token(params[$0]) }).first else { return "" }
        return "\(token.flow)/\(token.execution)/\(token.scheduledEventID)"
    }

    private static func token(_ text: JSONValue?) -> TaskToken? {
        guard let text = text?.stringValue else { return nil }
        return try? TaskToken(text: text)
    }
}
