import FlowDefinition
import FlowModel
import Primitives

extension ExecutionMachine {
    /// Finds the place by the step's name: the next one in the list, or the target of a goto.
    mutating func recordStepEntered(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        guard let depth = state.threads[thread]?.lists.indices.last,
            let (steps, expected) = state.threads[thread]?.lists[depth].between
        else { throw event.fault("no list is between steps") }
        let position: Int?
        if expected < steps.count, steps[expected].name == event.stepName {
            position = expected
        } else {
            position = steps.firstIndex { $0.name == event.stepName }
        }
        guard let position else { throw event.fault("the list has no step \"\(event.stepName)\"") }
        state.threads[thread]?.lists[depth].position = position
        state.threads[thread]?.lists[depth].run = StepRun(enteredEventID: event.eventID)
    }

    /// The list whose running step the event names.
    func depth(of event: HistoryEvent, in thread: Int64) throws(ReplayFault) -> Int {
        guard let depth = state.threads[thread]?.lists.depth(of: event.stepName) else {
            throw event.fault("the step \"\(event.stepName)\" is not running")
        }
        return depth
    }

    /// Of the running step at this depth.
    func ownInputSize(_ input: JSONObject, at depth: Int, in thread: Int64) -> Int {
        guard let list = state.threads[thread]?.lists[depth], list.runningStep?.inputMappings == nil else {
            return input.measure.size
        }
        return list.inheritedSize
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
        guard let step = state.threads[thread]?.lists[depth].runningStep else { return }
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
        state.threads[thread]?.lists[depth].run?.input = input
        state.threads[thread]?.lists[depth].run?.inputSize = size
        state.threads[thread]?.lists[depth].run?.phase = phase
    }

    /// The lists of a choice's branch end with the choice.
    mutating func recordStepEnded(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        let depth = try depth(of: event, in: thread)
        let inner = (state.threads[thread]?.lists.count ?? 0) - depth - 1
        state.threads[thread]?.lists.removeLast(inner)
        state.threads[thread]?.lists[depth].run?.phase = .ended
        if event.type == .stepSucceeded {
            state.threads[thread]?.lists[depth].run?.output = event["output"]?.objectValue
        }
    }

    mutating func recordStepExited(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        let depth = try depth(of: event, in: thread)
        guard let list = state.threads[thread]?.lists[depth], let run = list.run else { return }
        var next = list.position + 1
        if let target = event["goto"]?.stringValue {
            guard let position = list.steps.firstIndex(where: { $0.name == target }) else {
                throw event.fault("the list has no step \"\(target)\" to go to")
            }
            next = position
        } else if list.steps[list.position].end || list.steps[list.position].body == .succeed {
            next = list.steps.count
        }
        if event.stored["local"] == nil {
            state.threads[thread]?.lists[depth].add(run.exitOutput(event.stored))
        } else {
            state.threads[thread]?.lists[depth].replaceLocal(try event.object("local"))
        }
        state.threads[thread]?.lists[depth].position = next
        state.threads[thread]?.lists[depth].run = nil
    }
}

extension StepRun {
    /// What joins the parent's local: the output that StepExited names, or the one that was recorded before.
    func exitOutput(_ stored: JSONObject) -> JSONObject {
        stored["output"]?.objectValue ?? output ?? JSONObject()
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
