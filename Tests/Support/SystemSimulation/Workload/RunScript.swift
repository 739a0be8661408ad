import Primitives
import RPCProtocol

/// The one method of the service of scripts: it takes whatever a task sends.
enum RunScript: RPCMethod {
    struct Params: WireRecord {
        init() {}
        static let acceptsOtherMembers = true
        static let fields: [WireField<Params>] = []
    }

    typealias Result = NoFields

    static let summary = "Does what the script says for the task"
    static let roles: Set<RPCRole> = [.task]
    static let errors: [RPCErrorName] = []
    static let exampleParams = Params()
    static let exampleResult = Result()
}
