import HTTPEgressAPI
import LoopSupport
import Primitives
import RPCProtocol
import Synchronization

/// A message that needs no task, for the binding of a topic.
private enum Take: RPCMethod {
    typealias Params = NoFields
    typealias Result = NoFields
    static let summary = "Takes a message"
    static let roles: Set<RPCRole> = [.task]
    static let errors: [RPCErrorName] = []
    static let exampleParams = NoFields()
    static let exampleResult = NoFields()
}

/// Who receives pushes: HTTP addresses behind `http-egress`, and a service that a binding names. What they
/// answer is set by the test, what they got is remembered.
final class Outside: Sendable {
    /// Gives the status of the answer.
    typealias Receiver = @Sendable (SendRequest.Params) async throws(RPCError) -> Int64

    struct Taken: Sendable {
        let params: JSONValue
        let meta: RPCMeta
    }

    /// What the test said and what came, shared with the handlers.
    private final class Book: Sendable {
        struct State {
            var requests: [SendRequest.Params] = []
            var taken: [Taken] = []
            var receivers: [String: Receiver] = [:]
            var takeFault: RPCError?
        }

        let state = Mutex(State())
    }

    private let book = Book()
    let caller: UnsteadyCaller

    init() {
        let book = book
        var table = HandlerTable()
        table.on(SendRequest.self) { (params, _) async throws(RPCError) in
            let receiver = book.state.withLock { state in
                state.requests.append(params)
                return state.receivers[params.url]
            }
            let status = try await receiver?(params) ?? 204
            return .with { $0.status = status }
        }
        table.add(MethodDescription(Take.self)) { (params, context) async throws(RPCError) in
            let fault = book.state.withLock { state in
                state.taken.append(Taken(params: params, meta: context.meta))
                return state.takeFault
            }
            if let fault { throw fault }
            return [:]
        }
        caller = UnsteadyCaller(InProcessCaller(table, door: .task))
    }

    func at(_ url: String, _ receiver: @escaping Receiver) {
        book.state.withLock { $0.receivers[url] = receiver }
    }

    var takeFault: RPCError? {
        get { book.state.withLock { $0.takeFault } }
        set { book.state.withLock { $0.takeFault = newValue } }
    }

    var taken: [Taken] { book.state.withLock { $0.taken } }

    var requests: [SendRequest.Params] { book.state.withLock { $0.requests } }

    func requests(to url: String) -> [SendRequest.Params] { requests.filter { $0.url == url } }
}

extension SendRequest.Params {
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
