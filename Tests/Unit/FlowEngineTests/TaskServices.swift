import FlowEngine
import LoopSupport
import Primitives
import RPCProtocol
import Synchronization

/// A message that is taken; the sender is told that it was.
private enum Ask: RPCMethod {
    typealias Params = NoFields
    typealias Result = NoFields
    static let summary = "Takes a message"
    static let roles: Set<RPCRole> = [.task]
    static let errors: [RPCErrorName] = []
    static let exampleParams = NoFields()
    static let exampleResult = NoFields()
}

/// A function whose reply is the result.
private enum Work: RPCMethod {
    typealias Params = NoFields
    typealias Result = NoFields
    static let summary = "Works"
    static let roles: Set<RPCRole> = [.task]
    static let errors: [RPCErrorName] = []
    static let exampleParams = NoFields()
    static let exampleResult = NoFields()
}

/// Two services that tasks call, `desk` (messages) and `shop` (functions): what they do is set by the test,
/// what they were asked is remembered.
final class TaskServices: Sendable {
    typealias Behaviour = @Sendable (JSONValue, RPCMeta) async throws(RPCError) -> JSONValue

    struct Call: Sendable {
        let method: String
        let params: JSONValue
        let task: TaskMeta
        let key: String?
    }

    /// What the test said and what was asked, shared with the handlers.
    private final class Book: Sendable {
        private struct State {
            var calls: [Call] = []
            var behaviour: [String: Behaviour] = [:]
        }

        private let state = Mutex(State())

        func note(_ call: Call) -> Behaviour? {
            state.withLock { state in
                state.calls.append(call)
                return state.behaviour[call.method]
            }
        }

        func set(_ method: String, _ behaviour: @escaping Behaviour) {
            state.withLock { $0.behaviour[method] = behaviour }
        }

        var calls: [Call] { state.withLock { $0.calls } }
    }

    private let book = Book()
    let desk: UnsteadyCaller
    let shop: UnsteadyCaller
    let outside = Outside()

    init() {
        let book = book
        var table = HandlerTable()
        for description in [MethodDescription(Ask.self), MethodDescription(Work.self)] {
            let name = description.name
            table.add(description) { (params, context) async throws(RPCError) in
                guard let task = context.meta.task else { throw RPCError(.invalidRequest, "this is no task") }
                let call = Call(method: name, params: params, task: task, key: context.meta.idempotencyKey)
                guard let behaviour = book.note(call) else { return [:] }
                return try await behaviour(params, context.meta)
            }
        }
        desk = UnsteadyCaller(InProcessCaller(table, door: .task))
        shop = UnsteadyCaller(InProcessCaller(table, door: .task))
    }

    func on(_ method: String, _ behaviour: @escaping Behaviour) {
        book.set(method, behaviour)
    }

    func calls(_ method: String) -> [Call] { book.calls.filter { $0.method == method } }

    func caller(_ target: TaskTarget) -> any RPCCaller {
        switch target {
        case .service("desk"): desk
        case .service("http-egress"), .http: outside.caller
        default: shop
        }
    }

    static func resolver() throws -> ResourceResolver {
        ResourceResolver([
            try ResourceBinding(
                pattern: "acs:mns:*:*:/topics/ask/messages", target: .service("desk"), method: "Ask",
                concurrencyMax: 4),
            try ResourceBinding(
                pattern: "acs:fc:*:*:services/Shop*/functions/work", target: .service("shop"), method: "Work",
                concurrencyMax: 2),
            try ResourceBinding(
                pattern: "acs:fc:*:*:services/Shop*/functions/absent", target: .service("shop"),
                method: "Absent"),
        ])
    }
}
