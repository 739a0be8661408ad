import Primitives
import RPCProtocol

/// One action of the workflow API: which method of the engine it is, what it takes, what it answers.
struct CloudAction: Sendable {
    /// Which flow an action touches.
    enum Subject: Sendable {
        case flow(parameter: String)
        /// The one whose execution made the task token.
        case token(parameter: String)
        /// All that the key may touch.
        case flows
    }

    enum Waiting: Sendable {
        case never
        case always
        /// When the parameter says how long.
        case when(parameter: String)
    }

    let name: String
    let roles: Set<RPCRole>
    let subject: Subject
    let parameters: [CloudParameter]
    let answer: [CloudMember]
    private(set) var waiting = Waiting.never
    /// What the engine is told beside the parameters; these go before it.
    private(set) var fixed: JSONObject = [:]
    /// A parameter for which a new name is made when none is given, so that a repeat means the same thing.
    private(set) var named: String?

    /// - Parameter subject: the parameter that names the flow.
    init<Method: RPCMethod>(
        _: Method.Type, of subject: Subject, _ parameters: [CloudParameter], answers: [CloudMember] = []
    ) {
        name = Method.name
        roles = Method.roles
        self.subject = subject
        self.parameters = parameters
        answer = answers
    }

    func waiting(_ waiting: Waiting) -> CloudAction { with { $0.waiting = waiting } }
    func telling(_ fixed: JSONObject) -> CloudAction { with { $0.fixed = fixed } }
    func naming(_ parameter: String) -> CloudAction { with { $0.named = parameter } }

    private func with(_ edit: (inout CloudAction) -> Void) -> CloudAction {
        var copy = self
        edit(&copy)
        return copy
    }

    /// The least that a key must be allowed.
    var role: AccessGrant.Role {
        if roles.contains(.read) { return .read }
        return roles.contains(.operate) ? .operate : .admin
    }

    /// - Parameter given: the texts of the request by name.
    func params(_ given: (String) -> String?, world: any World) throws(CloudError) -> JSONObject {
        var params = fixed
        for parameter in parameters {
            let text = given(parameter.name)
            guard let text else {
                if parameter.isRequired { throw .missingParameter(parameter.name) }
                continue
            }
            if let value = try parameter.value(text) {
                params[parameter.name] = value
            } else if parameter.isRequired {
                throw .missingParameter(parameter.name)
            }
        }
        if let named, params[named]?.stringValue ?? "" == "" {
            params[named] = .string(makeUUID(from: world))
        }
        return params
    }

    func waits(_ params: JSONObject) -> Bool {
        switch waiting {
        case .never: false
        case .always: true
        case .when(let parameter): (params[parameter]?.integerValue ?? 0) > 0
        }
    }
}
