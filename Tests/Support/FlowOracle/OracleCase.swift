import FlowCore
package import FlowDefinition
package import FlowModel
import FlowSimulation
import Primitives

/// One run of one flow by both: the machine and the oracle.
package struct OracleCase {
    package let flow: PlainFlow
    package let definition: FlowDefinition
    let input: JSONObject
    let behaviour: TaskBehaviour
    let iterationsAtOnceMax: Int
    let transitionEventsMax: Int
    /// Units: milliseconds from the beginning; nil: nobody stops it.
    let stopAt: Int64?
    let replays: Bool

    package init(_ flow: PlainFlow, _ definition: FlowDefinition, _ generator: inout FlowGenerator) {
        self.flow = flow
        self.definition = definition
        input = generator.input()
        behaviour = TaskBehaviour(seed: generator.seed(), failures: generator.pick([0, 0, 6, 25]))
        iterationsAtOnceMax = generator.number(1...4)
        transitionEventsMax = generator.chance(50) ? 1000 : generator.number(3...40)
        stopAt = generator.chance(6) ? Int64(generator.number(0...40_000)) : nil
        replays = generator.chance(6)
    }

    package enum Comparison {
        case equal([HistoryEvent])
        /// Too long for this test.
        case discarded
        case different(String)
    }

    package func compare() -> Comparison {
        var oracle = Oracle(flow, behaviour: behaviour, iterationsAtOnceMax: iterationsAtOnceMax)
        guard let verdict = oracle.run(input) else { return .discarded }
        let run = runMachine()
        var differences: [String] = []
        for end in ends(verdict) {
            var verdict = verdict
            if case .failed(let failure) = end {
                var again = Oracle(
                    flow, behaviour: behaviour, iterationsAtOnceMax: iterationsAtOnceMax,
                    preferred: failure.thread)
                verdict = again.run(input) ?? verdict
            }
            let comparison = HistoryComparison(verdict: verdict, end: end, run: run)
            guard let difference = comparison.difference else {
                if let fault = replayFault(run) { return .different(text(fault, run)) }
                return .equal(run.outcome.events)
            }
            differences.append("\(end.name): \(difference)")
        }
        return .different(text(differences.joined(separator: "\n"), run))
    }

    private func runMachine() -> MachineRun {
        var limits = FlowLimits()
        limits.iterationsAtOnceMax = iterationsAtOnceMax
        limits.transitionEventsMax = transitionEventsMax
        var bounds = SimulationBounds()
        if let stopAt {
            let failure = FlowFailure(error: "StoppedByTest", cause: "")
            bounds.stop = .init(after: .milliseconds(stopAt), failure: failure)
        }
        var simulation = Simulation(
            definition, tasks: ScriptedTasks(behaviour), limits: limits, bounds: bounds, mint: OneToken())
        let outcome = simulation.run(input: input)
        return MachineRun(
            outcome: outcome, threads: simulation.tasks.threads, last: simulation.tasks.last,
            machine: simulation.machine)
    }

    /// The ways the execution may end: more than one only where they come at the same time.
    private func ends(_ verdict: OracleVerdict) -> [PlainEnd] {
        var ends: [PlainEnd] = verdict.failures.map { .failed($0) }
        if case .done(let output, let time) = verdict.course { ends.append(.succeeded(output, time)) }
        if let timeout = flow.timeoutSeconds { ends.append(.timedOut(timeout * 1000)) }
        if let stopAt { ends.append(.stopped(stopAt)) }
        guard let first = ends.map(\.time).min() else { return [.never] }
        return ends.filter { $0.time == first }
    }

    private func replayFault(_ run: MachineRun) -> String? {
        guard replays else { return nil }
        var replayed = ExecutionMachine(
            definition: run.machine.definition, flow: run.machine.flow, execution: run.machine.execution,
            limits: run.machine.limits)
        do {
            let stored = try run.outcome.events.storedAndRead
            guard try replayed.apply(stored) == run.outcome.events else {
                return "a replay completes the stored events otherwise than they were"
            }
            if let fault = try snapshotFault(stored, run) { return fault }
        } catch { return "\(error)" }
        return replayed == run.machine ? nil : "a replay differs from the machine that stepped"
    }

    /// From a snapshot at each event on, as at the end of a segment. What fails, and what contains it, fails
    /// within one transition, which no snapshot cuts.
    private func snapshotFault(_ stored: [HistoryEvent], _ run: MachineRun) throws -> String? {
        let (definition, limits) = (run.machine.definition, run.machine.limits)
        var machine = ExecutionMachine(
            definition: definition, flow: run.machine.flow, execution: run.machine.execution, limits: limits)
        for event in stored {
            try machine.apply([event])
            let isFailing = event.detail["error"] != nil && !event.type.endsTask
            if isFailing, !event.type.endsExecution { continue }
            let restored = try ExecutionMachine(
                definition: definition, flow: machine.flow, execution: machine.execution, limits: limits,
                snapshot: machine.snapshot)
            guard restored == machine else { return "a snapshot at event \(event.eventID) differs" }
            machine = restored
        }
        return nil
    }

    private func text(_ difference: String, _ run: MachineRun) -> String {
        """
        \(difference)
        flow: \(flow.text)
        input: \(JSONValue.object(input).text)
        at once: \(iterationsAtOnceMax), transition: \(transitionEventsMax), stop: \(stopAt ?? -1)
        machine: \(run.outcome.ending), \(run.outcome.status.rawValue)
        \(run.outcome.events.map(Self.line).joined(separator: "\n"))
        """
    }

    private static func line(_ event: HistoryEvent) -> String {
        let time = OracleClock.milliseconds(event.time)
        return "  \(event.eventID)←\(event.scheduleEventID) \(event.type.rawValue) \(event.stepName) \(time) "
            + JSONValue.object(event.detail).text
    }
}

/// What the machine did.
struct MachineRun {
    let outcome: SimulationOutcome
    let threads: [String: [HistoryEvent]]
    let last: HistoryEvent?
    let machine: ExecutionMachine
}

/// A way an execution may end.
enum PlainEnd {
    case succeeded(JSONObject, Int64)
    case failed(PlainFailure)
    case timedOut(Int64)
    case stopped(Int64)
    case never

    var time: Int64 {
        switch self {
        case .succeeded(_, let time), .timedOut(let time), .stopped(let time): time
        case .failed(let failure): failure.time
        case .never: .max
        }
    }

    var name: String {
        switch self {
        case .succeeded: "success"
        case .failed(let failure): "failure by \(failure.error) in \"\(failure.thread)\""
        case .timedOut: "timeout"
        case .stopped: "stop"
        case .never: "no end"
        }
    }
}
