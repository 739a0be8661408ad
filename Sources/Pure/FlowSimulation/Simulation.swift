package import FlowCore
package import FlowDefinition
package import FlowModel
package import Primitives

/// One execution of a flow in memory: the real machine, mocked tasks, and a clock that jumps to the next
/// thing that happens.
package struct Simulation<Tasks: TaskStandIn> {
    package private(set) var machine: ExecutionMachine
    package private(set) var tasks: Tasks
    private let bounds: SimulationBounds
    private let mint: any TaskTokenMint
    private var world: VirtualWorld
    private var agenda = Agenda()
    private var events: [HistoryEvent] = []

    /// - Parameter mint: nil: tokens that name the event that scheduled the task.
    package init(
        _ definition: FlowDefinition, tasks: Tasks, flow: String = "simulated", execution: String = "1",
        world: VirtualWorld = VirtualWorld(), limits: FlowLimits = .standard,
        bounds: SimulationBounds = .standard, mint: (any TaskTokenMint)? = nil
    ) {
        machine = ExecutionMachine(definition: definition, flow: flow, execution: execution, limits: limits)
        self.tasks = tasks
        self.world = world
        self.bounds = bounds
        self.mint = mint ?? VirtualMint()
    }

    /// Runs to an end or to a bound.
    package mutating func run(input: JSONObject) -> SimulationOutcome {
        let begun = world.now
        if let stop = bounds.stop { agenda.add(.stop(stop.failure), at: begun.advanced(by: stop.after)) }
        let text = JSONValue.object(input).text
        var missing = take(.start(input: input, inputText: text, labels: JSONObject()))
        let latest = begun.advanced(by: bounds.durationMax)
        while missing == nil, !machine.status.isTerminal {
            guard events.count <= bounds.eventsMax else {
                return outcome(.tooManyEvents(bounds.eventsMax), begun)
            }
            guard let next = next() else {
                return outcome(.waitsForever(steps: machine.openTasks.map(\.stepName)), begun)
            }
            guard next.time <= latest else { return outcome(.tooLong(bounds.durationMax), begun) }
            world.now = max(world.now, next.time)
            missing = take(next.input)
        }
        if let missing {
            return outcome(.notMocked(step: missing.stepName, resourceArn: missing.resourceArn), begun)
        }
        return outcome(.ended, begun)
    }

    /// What is heard of a task goes first: a result at the very time of the timeout has not exceeded it.
    private mutating func next() -> (time: Timestamp, input: Input)? {
        let deadline = machine.nextDeadline
        if let heard = agenda.first, deadline.map({ heard.time <= $0 }) ?? true {
            return agenda.removeFirst().map { ($0.time, $0.input) }
        }
        return deadline.map { ($0, .timerFired) }
    }

    /// Returns a call that nobody answers. What the machine refuses comes too late, and is nothing.
    private mutating func take(_ input: Input) -> TaskInvocation? {
        guard let transition = try? machine.step(input, at: world.now, mint: mint) else { return nil }
        events += transition.events
        tasks.observe(transition.events)
        for case .invokeTask(let call) in transition.commands {
            guard let answer = tasks.answer(to: call) else { return call }
            schedule(answer, call)
        }
        return nil
    }

    private mutating func schedule(_ answer: MockAnswer, _ call: TaskInvocation) {
        let id = call.scheduledEventID
        var reporter = TaskReporter.service
        if call.pattern.waitsForReport {
            reporter = .token(reportKey: nil)
            let time = world.now.advanced(by: answer.submissionDelay)
            switch answer.submission {
            case .accepted(let output):
                agenda.add(.taskSubmitted(scheduledEventID: id, output: output), at: time)
            case .refused(let failure): agenda.add(.taskSubmitFailed(scheduledEventID: id, failure), at: time)
            case .never: break
            }
        }
        let time = world.now.advanced(by: answer.delay)
        switch answer.ending {
        case .result(let output):
            agenda.add(.taskSucceeded(scheduledEventID: id, output: output, by: reporter), at: time)
        case .failure(let failure):
            agenda.add(.taskFailed(scheduledEventID: id, failure, by: reporter), at: time)
        case .never: break
        }
    }

    private func outcome(_ ending: SimulationEnding, _ begun: Timestamp) -> SimulationOutcome {
        SimulationOutcome(
            ending: ending, status: machine.status,
            output: machine.outputText.flatMap { try? JSONParser.parse($0) }, failure: machine.failure,
            events: events, duration: begun.duration(to: events.last?.time ?? begun))
    }
}
