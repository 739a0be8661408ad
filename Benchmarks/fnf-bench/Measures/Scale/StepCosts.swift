import BenchReport
import FlowCore
import FlowDefinition
import FlowModel
import FlowParsing
import FlowStore
import Primitives

/// What one step costs the machine and the encoder of its rows, at the beginning of a history and far behind it.
///
/// Decided and encoded as the engine does, without disk and services, which cost the same for every step.
struct StepCosts {
    /// Events in front of the steps that are measured.
    static let marks: [Int64] = [1_000, 10_000, 100_000]
    /// Transitions that begin so near to a mark count for it.
    private static let reach: Int64 = 1_000

    enum Shape: String, CaseIterable {
        /// A pass and a choice that goes back to it.
        case loop
        /// Three passes for each of 10,000 items.
        case foreach
        /// The same, the first with inputMappings.
        case foreachMapped = "foreach_mapped"
        /// A task and a pass for each of 10,000 items.
        case foreachTask = "foreach_task"

        static let items = 10_000

        fileprivate var definition: String {
            let head = "version: v1\ntype: flow\nsteps:\n"
            let each =
                "- {type: foreach, name: each, iterationMapping: {collection: $.items, item: item}, steps: "
            let pass = "{type: pass, name: b}"
            return switch self {
            case .loop:
                head + "- {type: pass, name: a}\n"
                    + "- {type: choice, name: back, choices: [{condition: \"true\", goto: a}]}\n"
            case .foreach: head + each + "[{type: pass, name: a}, \(pass), {type: pass, name: c}]}\n"
            case .foreachMapped:
                head + each + "[{type: pass, name: a, inputMappings: [{target: own, source: $input.item}]}, "
                    + "\(pass), {type: pass, name: c}]}\n"
            case .foreachTask:
                head + each
                    + "[{type: task, name: a, resourceArn: 'acs:fc:::services/S/functions/f'}, \(pass)]}\n"
            }
        }
    }

    static var names: [String] {
        ["step_us", "step_stored_bytes"].flatMap { name in
            Shape.allCases.flatMap { shape in marks.map { "\(name)_\(shape.rawValue)_\($0)" } }
        }
    }

    /// The least of several runs each: what else the machine does only adds.
    func measure(quick: Bool) throws -> [Figure] {
        var figures: [Figure] = []
        for shape in Shape.allCases {
            Progress.note("steps: \(shape.rawValue)")
            let runs = try (0..<(quick ? 2 : 7)).map { _ in try run(shape) }
            for (index, mark) in Self.marks.enumerated() {
                let least = runs.map { $0[index].time / Double($0[index].steps) }.min() ?? 0
                let window = runs[0][index]
                figures.append(Figure("step_us_\(shape.rawValue)_\(mark)", least, "us"))
                figures.append(
                    Figure(
                        "step_stored_bytes_\(shape.rawValue)_\(mark)",
                        Double(window.bytes) / Double(window.steps), "B"))
            }
        }
        return figures
    }

    private struct Window {
        /// Units: microseconds.
        var time = 0.0
        var steps = 0
        var bytes = 0
    }

    private func run(_ shape: Shape) throws -> [Window] {
        guard let definition = FlowParser.parse(shape.definition).definition else {
            throw BenchFault("the flow of \(shape.rawValue) is not accepted")
        }
        var machine = ExecutionMachine(definition: definition, flow: "Bench", execution: "1")
        var windows = Self.marks.map { _ in Window() }
        let items = JSONValue.array((0..<Shape.items).map { .integer(Int64($0)) })
        let input: JSONObject = ["items": items]
        var next: Input? = .start(input: input, inputText: JSONValue.object(input).text, labels: [:])
        var calls: [Int64] = []
        let clock = ContinuousClock()
        let end = (Self.marks.last ?? 0) + Self.reach
        while let taken = next, machine.lastEventID < end {
            let before = machine.lastEventID
            let begun = clock.now
            let transition = try machine.step(taken, at: Timestamp(microseconds: 0), mint: PlainTokens())
            let body = TransitionBody(events: transition.events, deadline: machine.nextDeadline)
            let bytes = body.encoded.count
            let took = begun.duration(to: clock.now).milliseconds * 1000
            for (index, mark) in Self.marks.enumerated() where abs(before - mark) < Self.reach && before > 0 {
                windows[index].time += took
                windows[index].bytes += bytes
                windows[index].steps += transition.events.count { $0.type == .stepExited }
            }
            for case .invokeTask(let call) in transition.commands { calls.append(call.scheduledEventID) }
            if machine.status.isTerminal {
                next = nil
            } else if let call = calls.popLast() {
                next = .taskSucceeded(scheduledEventID: call, output: ["ok": true], by: .service)
            } else {
                next = .timerFired
            }
        }
        guard windows.allSatisfy({ $0.steps > 0 }) else {
            throw BenchFault("the flow of \(shape.rawValue) ended after \(machine.lastEventID) events")
        }
        return windows
    }
}

private struct PlainTokens: TaskTokenMint {
    func token(flow: String, execution: String, scheduledEventID: Int64) -> String { "t\(scheduledEventID)" }
}
