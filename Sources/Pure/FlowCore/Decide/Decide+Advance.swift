import FlowDefinition
import FlowModel
import Primitives

extension ExecutionMachine {
    /// Runs every thread until it waits, innermost first; stops early when the transition is long enough.
    mutating func advanceAll(_ turn: inout Turn) {
        while let thread = turn.ready.popLast(), !state.status.isTerminal {
            guard turn.events.count < limits.transitionEventsMax else { return }
            guard isReady(thread) else { continue }
            guard state.lastEventID < limits.historyEventsMax - 1 else { return endByHistoryLimit(&turn) }
            let follower = advance(thread, &turn)
            if isReady(thread) { turn.ready.append(thread) }
            if let follower { turn.ready.append(follower) }
        }
    }

    /// True when the thread has something to do without any input.
    func isReady(_ thread: Int64) -> Bool {
        let lists = state.threads.lists(thread)
        guard let last = lists.indices.last else { return false }
        guard lists[last].isRunning else { return true }
        guard case .forked(let fork) = lists.run(at: last, { $0.phase }) else { return false }
        return fork.isComplete || fork.canStart(atOnceMax: atOnceMax(fork))
    }

    private func atOnceMax(_ fork: Fork) -> Int {
        fork.items == nil ? fork.count : limits.iterationsAtOnceMax
    }

    /// One thing: enters the next step, starts a branch, or ends a list. Returns another thread that may now
    /// be ready.
    private mutating func advance(_ thread: Int64, _ turn: inout Turn) -> Int64? {
        switch next(of: thread) {
        case .nothing: return nil
        case .goOnForking: return advanceFork(of: thread, &turn)
        case .enter(let step): enter(step, in: thread, &turn)
        case .endBranchOfChoice(let local): endBranchOfChoice(in: thread, local: local, &turn)
        case .exitThread: return exitThread(thread, nil, &turn)
        case .succeed(let local): succeedExecution(local, &turn)
        }
        return nil
    }

    /// What a thread does next. Said before it is done, so that nothing holds the lists while they change.
    private enum Next {
        case nothing
        case goOnForking
        case enter(Step)
        case endBranchOfChoice(JSONObject)
        case exitThread
        case succeed(JSONObject)
    }

    private func next(of thread: Int64) -> Next {
        let lists = state.threads.lists(thread)
        guard let last = lists.indices.last else { return .nothing }
        if lists[last].isRunning { return .goOnForking }
        if lists[last].position < lists[last].steps.count {
            return .enter(lists[last].steps[lists[last].position])
        }
        if lists.count > 1 { return .endBranchOfChoice(lists[last].local) }
        return thread == ControlThread.main ? .succeed(lists[last].local) : .exitThread
    }

    private mutating func advanceFork(of thread: Int64, _ turn: inout Turn) -> Int64? {
        guard let running = runningStep(in: thread), case .forked(let fork) = phase(of: running) else {
            return nil
        }
        guard fork.isComplete else { return startBranch(running, fork, &turn) }
        exit(running, local: .array(fork.results), &turn)
        return nil
    }

    private mutating func enter(_ step: Step, in thread: Int64, _ turn: inout Turn) {
        emit(.stepEntered, step.name, in: thread, JSONObject(), &turn)
        guard let running = runningStep(in: thread) else { return }
        if case .task(let task) = step.body { return schedule(task, running, attempt: 0, &turn) }
        let input: JSONObject
        do { input = try self.input(of: running, context(of: running, turn)) } catch {
            return fail(running, .invalidMapping(error, in: "inputMappings"), &turn)
        }
        if let failure = excess(measure(input, of: running)) { return fail(running, failure, &turn) }
        begin(running, input, &turn)
    }

    /// Starts any step but a task.
    private mutating func begin(_ running: RunningStep, _ input: JSONObject, _ turn: inout Turn) {
        switch running.step.body {
        case .task: break
        case .pass, .succeed:
            started(running, input, &turn)
            exit(running, local: .object(JSONObject()), &turn)
        case .fail(let failing):
            started(running, input, &turn)
            let failure = FlowFailure(error: failing.error ?? "", cause: failing.cause ?? "", limits: limits)
            fail(running, failure, &turn)
        case .wait(let wait): self.wait(wait, running, input, &turn)
        case .choice(let choice): choose(choice, running, input, &turn)
        case .parallel: started(running, input, &turn)
        case .foreach(let foreach):
            guard foreach.collection.value(in: .object(input))?.arrayValue != nil else {
                let path = "$\(foreach.collection.text)"
                let cause = "iterationMapping.collection \(path) gives no array"
                return fail(running, FlowFailure(error: FailureName.invalidInput, cause: cause), &turn)
            }
            started(running, input, &turn)
        }
    }

    /// - Parameter more: what the step has decided besides.
    mutating func started(
        _ running: RunningStep, _ input: JSONObject, deciding more: JSONObject = [:], _ turn: inout Turn
    ) {
        var stored = more
        if running.step.inputMappings != nil { stored["input"] = .object(input) }
        emit(.stepStarted, running.step.name, in: running.thread, stored, &turn)
    }
}
