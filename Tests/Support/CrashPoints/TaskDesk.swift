import FlowEngine
import Primitives
import RPCProtocol

/// What a service does with an attempt of a task.
enum TaskAnswer: Sendable {
    case result(JSONObject)
    case failure(String)
    case never
    /// Takes it, and somebody reports the result afterwards.
    case report(JSONObject)
    case reportFailure(String)
}

/// Whom the engine's tasks call. It never dies, and remembers what it was asked.
final class TaskDesk: @unchecked Sendable { // touched by the one thread of its stage only
    private enum Work: RPCMethod {
        typealias Params = NoFields
        typealias Result = NoFields
        static let summary = "Works"
        static let roles: Set<RPCRole> = [.task]
        static let errors: [RPCErrorName] = []
        static let exampleParams = NoFields()
        static let exampleResult = NoFields()
    }

    struct Call {
        let task: TaskMeta
        let params: JSONValue
        let key: String?
        let time: Timestamp
    }

    static let name = "desk"
    static let bindings: [(pattern: String, method: String)] = [
        ("acs:fc:*:*:services/desk/functions/*", Work.name),
        ("acs:mns:*:*:/topics/desk/messages", Work.name),
    ]

    private let answers: [String: [TaskAnswer]]
    private(set) var calls: [Call] = []
    /// Attempts that somebody reports, by their keys.
    private var reported: Set<String> = []
    /// Calls that are never answered.
    private var silent: [UnsafeContinuation<Void, Never>] = []
    weak var town: CrashTown?
    var client: PersistentClient?

    init(_ answers: [String: [TaskAnswer]]) { self.answers = answers }

    var methods: HandlerTable {
        var table = HandlerTable()
        table.add(MethodDescription(Work.self)) { (params, context) async throws(RPCError) in
            guard let task = context.meta.task else { throw RPCError(.invalidRequest, "this is no task") }
            return try await self.take(task, params, context.meta.idempotencyKey)
        }
        return table
    }

    private func take(_ task: TaskMeta, _ params: JSONValue, _ key: String?) async throws(RPCError)
        -> JSONValue
    {
        if let town { calls.append(Call(task: task, params: params, key: key, time: town.stage.now)) }
        let planned = answers[task.step] ?? [.result([:])]
        switch planned[min(Int(task.attempt), planned.count - 1)] {
        case .result(let result): return .object(result)
        case .failure(let name): throw RPCError(RPCErrorName(name), "as planned")
        case .never:
            await withUnsafeContinuation { silent.append($0) }
            return [:]
        case .report(let output): report(task, .success(output))
        case .reportFailure(let name): report(task, .failure(name))
        }
        return ["taken": true]
    }

    /// After the run, so that their memory goes.
    func answerTheSilent() {
        let calls = silent
        silent = []
        for call in calls { call.resume() }
    }

    enum Ending: Sendable {
        case success(JSONObject)
        case failure(String)
    }

    /// Once for each attempt, whatever how often it was asked.
    private func report(_ task: TaskMeta, _ ending: Ending) {
        guard reported.insert(task.key).inserted, let client else { return }
        client.loop.spawn { await client.report(task, ending) }
    }
}
