import FlowDefinition
import FlowModel
import Primitives

extension ExecutionMachine {
    /// Finds the place by the step's name: the next one in the list, or the target of a goto.
    mutating func recordStepEntered(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        guard let depth = state.threads[thread]?.lists.indices.last,
            let list = state.threads[thread]?.lists[depth],
            list.run == nil
        else { throw event.fault("no list is between steps") }
        let expected = list.position
        let position: Int?
        if expected < list.steps.count, list.steps[expected].name == event.stepName {
            position = expected
        } else {
            position = list.steps.firstIndex { $0.name == event.stepName }
        }
        guard let position else { throw event.fault("the list has no step \"\(event.stepName)\"") }
        state.threads[thread]?.lists[depth].position = position
        state.threads[thread]?.lists[depth].run = StepRun(enteredEventID: event.eventID)
    }

    /// The list whose running step the event names.
    func depth(of event: HistoryEvent, in thread: Int64) throws(ReplayFault) -> Int {
        let depth = state.threads[thread]?.lists.lastIndex { list in
            list.run != nil && list.steps[list.position].name == event.stepName
        }
        guard let depth else { throw event.fault("the step \"\(event.stepName)\" is not running") }
        return depth
    }

    mutating func updateRun(
        of event: HistoryEvent, in thread: Int64, _ change: (inout StepRun) -> Void
    ) throws(ReplayFault) {
        let depth = try depth(of: event, in: thread)
        guard var run = state.threads[thread]?.lists[depth].run else { return }
        change(&run)
        state.threads[thread]?.lists[depth].run = run
    }

    mutating func recordStepStarted(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        let depth = try depth(of: event, in: thread)
        let input = try event.object("input")
        guard let list = state.threads[thread]?.lists[depth] else { return }
        var phase = StepPhase.begun
        switch list.steps[list.position].body {
        case .wait:
            guard let until = try event.time("until") else { throw event.fault("a wait has no \"until\"") }
            phase = .waiting(until: until)
        case .choice(let choice):
            let (steps, goto) = try branch(of: choice, event)
            phase = .branch(goto: goto)
            state.threads[thread]?.lists.append(SerialList(steps: steps, input: input))
        case .parallel(let parallel):
            phase = .forked(Fork(startedEventID: event.eventID, count: parallel.branches.count, items: nil))
        case .foreach(let foreach):
            guard let items = foreach.collection.value(in: .object(input))?.arrayValue else {
                throw event.fault("the collection of the foreach is no array")
            }
            phase = .forked(Fork(startedEventID: event.eventID, count: items.count, items: items))
        case .task, .pass, .succeed, .fail: break
        }
        state.threads[thread]?.lists[depth].run?.input = input
        state.threads[thread]?.lists[depth].run?.phase = phase
    }

    /// `branch` is the number of the condition that held, from 0, or "default"; absent: none was taken.
    private func branch(
        of choice: ChoiceStep, _ event: HistoryEvent
    ) throws(ReplayFault) -> (steps: [Step], goto: String?) {
        switch event.detail["branch"] {
        case .none: return ([], nil)
        case .integer(let number)? where choice.branches.indices.contains(Int(number)):
            let branch = choice.branches[Int(number)]
            return (branch.steps, branch.goto)
        case .string("default")?:
            guard let branch = choice.otherwise else { throw event.fault("the choice has no default") }
            return (branch.steps, branch.goto)
        default: throw event.fault("the choice has no such branch")
        }
    }

    /// The lists of a choice's branch end with the choice.
    mutating func recordStepEnded(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        let depth = try depth(of: event, in: thread)
        let inner = (state.threads[thread]?.lists.count ?? 0) - depth - 1
        state.threads[thread]?.lists.removeLast(inner)
        state.threads[thread]?.lists[depth].run?.phase = .ended
    }

    mutating func recordStepExited(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        let depth = try depth(of: event, in: thread)
        guard let list = state.threads[thread]?.lists[depth] else { return }
        var next = list.position + 1
        if let target = event.detail["goto"]?.stringValue {
            guard let position = list.steps.firstIndex(where: { $0.name == target }) else {
                throw event.fault("the list has no step \"\(target)\" to go to")
            }
            next = position
        } else if list.steps[list.position].end || list.steps[list.position].body == .succeed {
            next = list.steps.count
        }
        let local = try event.object("local")
        state.threads[thread]?.lists[depth].local = local
        state.threads[thread]?.lists[depth].position = next
        state.threads[thread]?.lists[depth].run = nil
    }
}
