import Primitives

/// Which steps of a list, and of the lists in it, can be entered at all.
struct Reachability {
    /// The names of the steps that can.
    private(set) var reached: Set<String> = []

    init(_ definition: FlowDefinition) {
        _ = canEnd(definition.steps)
    }

    /// True when there is a way to the end of the list on which nothing fails.
    private mutating func canEnd(_ steps: [Step]) -> Bool {
        guard !steps.isEmpty else { return true }
        let positions = Dictionary(steps.enumerated().map { ($1.name, $0) }) { first, _ in first }
        var entered = [Bool](repeating: false, count: steps.count + 1)
        entered[0] = true
        var waiting = [0]
        while let here = waiting.popLast() {
            guard here < steps.count else { continue }
            let step = steps[here]
            reached.insert(step.name)
            let ways = ways(out: step.body)
            var targets = ways.gotos.compactMap { positions[$0] }
            if ways.goesOn { targets.append(step.endsList ? steps.count : here + 1) }
            for target in targets where !entered[target] {
                entered[target] = true
                waiting.append(target)
            }
        }
        return entered[steps.count]
    }

    private mutating func ways(out body: StepBody) -> (gotos: [String], goesOn: Bool) {
        switch body {
        case .task(let task): return (task.catches.map(\.goto), true)
        case .pass, .wait, .succeed: return ([], true)
        case .fail: return ([], false)
        case .choice(let choice): return ways(out: choice)
        case .parallel(let parallel):
            let ends = parallel.branches.map { canEnd($0) }
            return ([], ends.allSatisfy { $0 })
        case .foreach(let foreach):
            _ = canEnd(foreach.steps)
            return ([], true)
        }
    }

    /// Without a default the flow may always go on behind the choice, unless a condition is plainly `true`:
    /// that the others leave no gap only holds while every path is there.
    private mutating func ways(out choice: ChoiceStep) -> (gotos: [String], goesOn: Bool) {
        var gotos: [String] = []
        var goesOn = false
        for branch in choice.branches {
            if canEnd(branch.steps) {
                if let target = branch.goto { gotos.append(target) } else { goesOn = true }
            }
            if branch.condition.expression == .literal(.bool(true)) { return (gotos, goesOn) }
        }
        guard let otherwise = choice.otherwise else { return (gotos, true) }
        if canEnd(otherwise.steps) {
            if let target = otherwise.goto { gotos.append(target) } else { goesOn = true }
        }
        return (gotos, goesOn)
    }
}
