import FlowDefinition
import FlowModel
import Primitives

extension ExecutionMachine {
    /// The branch taken stands in the event, so a replay evaluates no condition.
    mutating func choose(
        _ choice: ChoiceStep, _ running: RunningStep, _ input: JSONObject, _ turn: inout Turn
    ) {
        var detail: JSONObject = ["input": .object(input)]
        if let taken = choice.branches.firstIndex(where: { $0.condition.isTrue(for: input) }) {
            detail["branch"] = .integer(Int64(taken))
        } else if choice.otherwise != nil {
            detail["branch"] = "default"
        }
        started(running, detail, &turn)
    }

    /// The choice's local is its branch's; then the branch's goto is performed, also when a step ended the
    /// branch early.
    mutating func endBranchOfChoice(in thread: Int64, local: JSONObject, _ turn: inout Turn) {
        guard let running = runningStep(in: thread), case .branch(let goto) = running.run.phase else {
            return
        }
        exit(running, local: .object(local), goto: goto, &turn)
    }
}
