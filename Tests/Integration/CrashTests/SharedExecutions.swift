import FlowEngineAPI
import Glibc
import Linearizability
import Primitives
import RPCProtocol
import RPCTransport
import ServiceSupervisor
import Synchronization
import TestHost

/// The executions that several programs work on at once, and what each of them saw.
final class SharedExecutions: Sendable {
    typealias Record = CallRecord<ExecutionModel.Call, ExecutionModel.Answer>

    static let flow = "Asker"
    /// Calls of one execution; more would make the check long.
    static let callsMax = 40

    private struct State {
        var number = 1
        var begun = 0
        var histories: [String: [Record]] = [:]
        var tokens: [String: String] = [:]
        var surprises: [String] = []
        var (kills, stops, calls) = (0, 0, 0)
    }

    let seed: UInt64
    let end: ContinuousClock.Instant
    private let epoch = ContinuousClock.now
    private let state = Mutex(State())

    init(seed: UInt64, end: ContinuousClock.Instant) {
        self.seed = seed
        self.end = end
    }

    var isOver: Bool { ContinuousClock.now >= end }
    var histories: [String: [Record]] { state.withLock { $0.histories } }
    var surprises: [String] { state.withLock { $0.surprises } }
    var kills: Int { state.withLock { $0.kills } }
    var stops: Int { state.withLock { $0.stops } }
    var calls: Int { state.withLock { $0.calls } }

    /// Units: nanoseconds of one monotonic clock.
    var time: Int64 {
        let (seconds, attoseconds) = (ContinuousClock.now - epoch).components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    /// The execution whose turn it is; another one when it has had its calls.
    func execution() -> String {
        state.withLock { state in
            if state.begun >= Self.callsMax {
                state.number += 1
                state.begun = 0
            }
            state.begun += 1
            return "run-\(state.number)"
        }
    }

    func note(_ record: Record, of execution: String) {
        state.withLock { state in
            state.histories[execution, default: []].append(record)
            state.calls += 1
        }
    }

    func surprise(_ text: String) { state.withLock { $0.surprises.append(text) } }

    func token(of execution: String) -> String? { state.withLock { $0.tokens[execution] } }
    func setToken(_ token: String, of execution: String) { state.withLock { $0.tokens[execution] = token } }
    func noteKill() { state.withLock { $0.kills += 1 } }
    func noteStop() { state.withLock { $0.stops += 1 } }
}

/// Choices that a seed makes.
struct SeededChoice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64, _ who: Int) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(who) }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// One program with connections of its own, which asks once and notes what it is told, or that it is told nothing.
struct ExecutionProgram: Sendable {
    private let number: Int
    private let shared: SharedExecutions
    private let client: SocketCaller
    private let admin: SocketCaller
    private let reporter: SocketCaller

    /// Less than the engine may be stopped for, so that calls go unanswered.
    private static let patienceMs: Int64 = 1500

    init(_ number: Int, _ system: FnfSystem, _ shared: SharedExecutions) {
        self.number = number
        self.shared = shared
        client = SocketCaller(path: system.socketPath(.flowEngine, .client))
        admin = SocketCaller(path: system.socketPath(.flowEngine, .admin))
        reporter = SocketCaller(path: system.socketPath(.flowEngine, .report))
    }

    func run() async {
        var choice = SeededChoice(shared.seed, number)
        while !shared.isOver {
            let name = shared.execution()
            switch Int.random(in: 0..<100, using: &choice) {
            case 0..<25: await start(name)
            case 25..<30: await call(name, .stop) { () async throws(RPCFailure) in try await stop(name) }
            case 30..<60:
                let isSuccess = Int.random(in: 0..<4, using: &choice) > 0
                // Several programs share the keys, and one of them may be first under any.
                await report(name, isSuccess, key: "key-\(Int.random(in: 0..<4, using: &choice))")
            default: await call(name, .describe) { () async throws(RPCFailure) in try await describe(name) }
            }
        }
    }

    private func call(
        _ name: String, _ call: ExecutionModel.Call,
        _ body: () async throws(RPCFailure) -> ExecutionModel.Answer
    ) async {
        let begin = shared.time
        var answer: ExecutionModel.Answer?
        do throws(RPCFailure) { answer = try await body() } catch {
            answer = error.answer.flatMap { refusal($0) }
            // It was certainly not carried out, or what is told is no matter of this execution's.
            if case .unreachable = error { return }
        }
        shared.note(
            .init(client: number, begin: begin, end: shared.time, call: call, answer: answer), of: name)
    }

    /// nil: it says nothing about what happened.
    private func refusal(_ error: RPCError) -> ExecutionModel.Answer? {
        switch error.name {
        case .executionNotExists: return .notExists
        case .executionAlreadyExists:
            return .alreadyExists(input: error.details["input"]?.stringValue ?? "")
        case .executionAlreadyCompleted, .taskAlreadyCompleted: return .alreadyCompleted
        case .serviceUnavailable, .deadlineExceeded, .canceled, .resourceThrottled: return nil
        default:
            shared.surprise("\(error)")
            return nil
        }
    }

    private var meta: RPCMeta { RPCMeta(deadlineMs: Self.patienceMs) }

    private func start(_ name: String) async {
        let input = #"{"by":\#(number)}"#
        await call(name, .start(input: input)) { () async throws(RPCFailure) in
            let record = try await client.call(
                StartExecution.self,
                .with {
                    $0.flowName = SharedExecutions.flow
                    $0.executionName = name
                    $0.input = input
                }, meta: meta)
            return .record(status: record.status, input: record.input)
        }
        guard shared.token(of: name) == nil else { return }
        let tasks = try? await admin.call(
            ListOpenTasks.self,
            .with {
                $0.flowName = SharedExecutions.flow
                $0.executionName = name
            }, meta: meta
        ).tasks
        if let token = tasks?.first?.taskToken { shared.setToken(token, of: name) }
    }

    private func report(_ name: String, _ isSuccess: Bool, key: String) async {
        guard let token = shared.token(of: name) else {
            return await call(name, .describe) { () async throws(RPCFailure) in try await describe(name) }
        }
        var meta = meta
        meta.idempotencyKey = key
        await call(name, .report(isSuccess: isSuccess, key: key)) { [meta] () async throws(RPCFailure) in
            if isSuccess {
                let params = ReportTaskSucceeded.Params.with {
                    $0.taskToken = token
                    $0.output = #"{"by":"\#(key)"}"#
                }
                return .accepted(
                    event: try await reporter.call(ReportTaskSucceeded.self, params, meta: meta).eventId)
            }
            let params = ReportTaskFailed.Params.with {
                $0.taskToken = token
                $0.error = "Refused"
            }
            return .accepted(
                event: try await reporter.call(ReportTaskFailed.self, params, meta: meta).eventId)
        }
    }

    private func stop(_ name: String) async throws(RPCFailure) -> ExecutionModel.Answer {
        let record = try await client.call(
            StopExecution.self,
            .with {
                $0.flowName = SharedExecutions.flow
                $0.executionName = name
            }, meta: meta)
        return .record(status: record.status, input: record.input)
    }

    private func describe(_ name: String) async throws(RPCFailure) -> ExecutionModel.Answer {
        let record = try await client.call(
            DescribeExecution.self,
            .with {
                $0.flowName = SharedExecutions.flow
                $0.executionName = name
            }, meta: meta)
        return .record(status: record.status, input: record.input)
    }
}

/// Kills the engine, or stops it for a while, whenever some calls have been made.
struct EngineTrouble: Sendable {
    private let system: FnfSystem
    private let shared: SharedExecutions

    init(_ system: FnfSystem, _ shared: SharedExecutions) {
        self.system = system
        self.shared = shared
    }

    func run() async {
        var choice = SeededChoice(shared.seed, 99)
        while !shared.isOver {
            let wanted = shared.calls + Int.random(in: 20...200, using: &choice)
            while shared.calls < wanted, !shared.isOver { try? await Task.sleep(for: .milliseconds(2)) }
            guard !shared.isOver else { return }
            if Int.random(in: 0..<3, using: &choice) > 0 {
                system.supervisor.kill(FnfService.flowEngine.rawValue)
                shared.noteKill()
            } else if system.supervisor.kill(FnfService.flowEngine.rawValue, SIGSTOP) != nil {
                // Sometimes longer than a caller waits; the fault itself, so it takes its time.
                let pause = Int64.random(in: 10...2000, using: &choice)
                try? await Task.sleep(for: .milliseconds(pause))
                system.supervisor.kill(FnfService.flowEngine.rawValue, SIGCONT)
                shared.noteStop()
            }
        }
    }
}
