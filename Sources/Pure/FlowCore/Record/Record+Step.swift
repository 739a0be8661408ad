import FlowDefinition
import FlowModel
import Primitives

extension ExecutionMachine {
    /// Finds the place by the step's name: the next one in the list, or the target of a goto.
    mutating func recordStepEntered(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        let depth = state.threads.lists(thread).count - 1
        guard depth >= 0, !state.threads.lists(thread)[depth].isRunning else {
            throw event.fault("no list is between steps")
        }
        guard let position = state.threads.lists(thread)[depth].position(ofNext: event.stepName) else {
            throw event.fault("the list has no step \"\(event.stepName)\"")
        }
        state.threads[thread]?.lists[depth].position = position
        state.threads[thread]?.lists[depth].run = StepRun(enteredEventID: event.eventID)
    }

    /// The list whose running step the event names.
    func depth(of event: HistoryEvent, in thread: Int64) throws(ReplayFault) -> Int {
        guard let depth = state.threads.lists(thread).depth(of: event.stepName) else {
            throw event.fault("the step \"\(event.stepName)\" is not running")
        }
        return depth
    }

    /// Of the running step at this depth.
    func ownInputSize(_ input: JSONObject, at depth: Int, in thread: Int64) -> Int {
        let lists = state.threads.lists(thread)
        guard lists[depth].runningStep?.inputMappings == nil else { return input.measure.size }
        return lists[depth].inheritedSize
    }

    mutating func updateRun(
        of event: HistoryEvent, in thread: Int64, _ change: (inout StepRun) -> Void
    ) throws(ReplayFault) {
        let depth = try depth(of: event, in: thread)
        state.threads[thread]?.lists[depth].changeRun(change)
    }

    mutating func recordStepStarted(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        let depth = try depth(of: event, in: thread)
        let input = try event.object("input")
        let size = ownInputSize(input, at: depth, in: thread)
        guard let step = state.threads.lists(thread)[depth].runningStep else { return }
        var phase = StepPhase.begun
        switch step.body {
        case .wait:
            guard let until = try event.time("until") else { throw event.fault("a wait has no \"until\"") }
            phase = .waiting(until: until)
        case .choice(let choice):
            let taken = try event.takenBranch
            guard let branch = choice.branch(taken) else {
                throw event.fault("the choice has no such branch")
            }
            phase = .branch(taken)
            state.threads[thread]?.lists.append(
                SerialList(steps: branch.steps, input: input, inputSize: size))
        case .parallel(let parallel):
            phase = .forked(
                Fork(parallel: parallel, startedEventID: event.eventID, input: input, inputSize: size))
        case .foreach(let foreach):
            guard
                let fork = Fork(
                    foreach: foreach, startedEventID: event.eventID, input: input, inputSize: size)
            else { throw event.fault("the collection of the foreach is no array") }
            phase = .forked(fork)
        case .task, .pass, .succeed, .fail: break
        }
        state.threads[thread]?.lists[depth].changeRun { run in
            run.input = input
            run.inputSize = size
            run.phase = phase
        }
    }

    /// The lists of a choice's branch end with the choice.
    mutating func recordStepEnded(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        let depth = try depth(of: event, in: thread)
        let inner = state.threads.lists(thread).count - depth - 1
        if inner > 0 { state.threads[thread]?.lists.removeLast(inner) }
        state.threads[thread]?.lists[depth].run?.phase = .ended
        if event.type == .stepSucceeded {
            state.threads[thread]?.lists[depth].run?.output = event["output"]?.objectValue
        }
    }

    mutating func recordStepExited(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        let depth = try depth(of: event, in: thread)
        let target = event.stored["goto"]?.stringValue
        guard let next = state.threads.lists(thread)[depth].position(behindRunning: target) else {
            throw event.fault("the list has no step \"\(target ?? "")\" to go to")
        }
        if event.stored["local"] == nil {
            let output = event.stored["output"]?.objectValue
            state.threads[thread]?.lists[depth].leave(output: output, next: next)
        } else {
            let local = try event.object("local")
            state.threads[thread]?.lists[depth].leave(local: local, next: next)
        }
    }
}

extension HistoryEvent {
    /// `branch` is the number of the condition that held, from 0, or "default"; absent: none was taken.
    fileprivate var takenBranch: TakenBranch {
        get throws(ReplayFault) {
            switch self["branch"] {
            case .none: return .none
            case .integer(let number)?: return .number(Int(number))
            case .string("default")?: return .otherwise
            default: throw fault("\"branch\" is neither a number nor \"default\"")
            }
        }
    }
}
