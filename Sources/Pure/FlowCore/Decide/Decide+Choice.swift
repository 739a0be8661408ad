import FlowDefinition
import FlowModel
import Primitives

extension ExecutionMachine {
    /// The branch taken stands in the event, so a replay evaluates no condition.
    mutating func choose(
        _ choice: ChoiceStep, _ running: RunningStep, _ input: JSONObject, _ turn: inout Turn
    ) {
        var decision = JSONObject()
        if let taken = choice.branches.firstIndex(where: { $0.condition.isTrue(for: input) }) {
            decision["branch"] = .integer(Int64(taken))
        } else if choice.otherwise != nil {
            decision["branch"] = "default"
        }
        started(running, input, deciding: decision, &turn)
    }

    /// The choice's local is its branch's; then the branch's goto is performed, also when a step ended the
    /// branch early.
    mutating func endBranchOfChoice(in thread: Int64, local: JSONObject, _ turn: inout Turn) {
        guard let running = runningStep(in: thread), case .branch(let taken) = phase(of: running),
            case .choice(let choice) = running.step.body
        else { return }
        exit(running, local: .object(local), goto: choice.branch(taken)?.goto, &turn)
    }
}

extension ChoiceStep {
    /// Nil when there is no such branch.
    func branch(_ taken: TakenBranch) -> (steps: [Step], goto: String?)? {
        switch taken {
        case .none: ([], nil)
        case .number(let number):
            branches.indices.contains(number) ? (branches[number].steps, branches[number].goto) : nil
        case .otherwise: otherwise.map { ($0.steps, $0.goto) }
        }
    }
}
