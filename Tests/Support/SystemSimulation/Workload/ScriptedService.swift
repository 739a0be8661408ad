import FlowEngineAPI
import FlowModel
import FlowOracle
import FlowSimulation
import Primitives
import RPCProtocol

/// The service that the tasks of random flows call. It answers each attempt as its script says, however often it is
/// asked, and reports what is to be reported until the engine has taken it.
final class ScriptedService: @unchecked Sendable { // touched by the one thread of the simulation only
    private let around: SimulatedSurroundings
    private let client: PatientClient
    private var reported: Set<String> = []
    private var chance: Chance

    init(_ around: SimulatedSurroundings, seed: UInt64) {
        self.around = around
        client = PatientClient(around: around)
        chance = Chance(seed: seed, of: "scripts")
    }

    static func build(_ around: SimulatedSurroundings) -> SimulatedService {
        let service = ScriptedService(around, seed: around.system.seed)
        var table = HandlerTable()
        table.add(MethodDescription(RunScript.self)) { (_, context) throws(RPCError) in
            try await service.run(context)
        }
        return SimulatedService(methods: table)
    }

    private var system: SimulatedSystem { around.system }

    private func run(_ context: RPCContext) async throws(RPCError) -> JSONValue {
        guard let task = context.meta.task, let script = system.scripts["\(task.flow)/\(task.execution)"],
            let model = system.journal.execution(task.flow, task.execution),
            let place = model.sorter.place(of: task.scheduledEventID),
            let attempt = model.attempts[task.scheduledEventID]
        else {
            // Another incarnation will say what it was.
            throw .unavailable("the script knows no such task yet")
        }
        let answer = script.behaviour.answer(place)
        guard attempt.waitsForReport else {
            if answer.delay > .zero { await client.pause(answer.delay.inMicroseconds) }
            switch answer.ending {
            case .result(let value): return value
            case .failure(let failure): throw RPCError(RPCErrorName(failure.error), failure.cause)
            case .never: throw .unavailable("a steady script always answers")
            }
        }
        switch answer.submission {
        case .refused(let failure): throw RPCError(RPCErrorName(failure.error), failure.cause)
        case .never: throw .unavailable("a steady script always answers")
        case .accepted(let output):
            if reported.insert(task.key).inserted {
                around.loop.spawn { await self.report(task, answer) }
            }
            return output
        }
    }

    private func report(_ task: TaskMeta, _ answer: MockAnswer) async {
        await client.pause(answer.delay.inMicroseconds)
        await send(task, answer.ending, key: task.key)
        // The same report again, and another one that comes too late.
        if chance.holds(perMille: 150) { await send(task, answer.ending, key: task.key) }
        let late: MockAnswer.Ending = .result(["late": true])
        if chance.holds(perMille: 150) { await send(task, late, key: "\(task.key)/late") }
    }

    /// Another report, a timeout or a stop ended the task; never the very report that is refused.
    private func refused(_ task: TaskMeta, key: String) {
        let attempt = system.journal.execution(task.flow, task.execution)?.attempts[task.scheduledEventID]
        guard key == task.key, let ended = attempt?.ended else { return }
        guard ended.type == .taskSucceeded || ended.type == .taskFailed else { return }
        system.fail(
            "the report of \(task.key) was taken as event \(ended.eventID), and its repetition refused")
    }

    private func send(_ task: TaskMeta, _ ending: MockAnswer.Ending, key: String) async {
        let result: Result<Int64, RPCError>
        switch ending {
        case .result(let value):
            let params = ReportTaskSucceeded.Params.with {
                $0.taskToken = task.token
                $0.output = value.text
            }
            result = await client.insist(
                ReportTaskSucceeded.self, params, at: ServiceName.engine, through: .report, key: key
            ).map(\.eventId)
        case .failure(let failure):
            let params = ReportTaskFailed.Params.with {
                $0.taskToken = task.token
                $0.error = failure.error
                $0.cause = failure.cause
            }
            result = await client.insist(
                ReportTaskFailed.self, params, at: ServiceName.engine, through: .report, key: key
            ).map(\.eventId)
        case .never: return
        }
        switch result {
        case .success(let event):
            system.promises.told(event, ofReport: key, task.flow, task.execution, attempt: task.key)
        case .failure(let error):
            guard error.name != .taskAlreadyCompleted else { return refused(task, key: key) }
            system.fail("the report of \(task.key) was refused: \(error)")
        }
    }
}
