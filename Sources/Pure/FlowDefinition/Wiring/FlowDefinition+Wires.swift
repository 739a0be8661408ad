extension FlowDefinition {
    /// Every way on, in the order of the text. A `fail` step has none.
    package var wires: [FlowWire] {
        var drawing = Wiring()
        drawing.connect(.start, to: steps.first.map { .step($0.name) } ?? .end, .next)
        drawing.list(steps, follower: .init(place: .end, kind: .next))
        return drawing.wires
    }
}

/// Where a list goes when it has ended, and by what right.
private struct Follower {
    let place: FlowWire.Place
    let kind: FlowWire.Kind
}

private struct Wiring {
    var wires: [FlowWire] = []

    mutating func connect(_ from: FlowWire.Place, to place: FlowWire.Place, _ kind: FlowWire.Kind) {
        wires.append(FlowWire(from: from, to: place, kind: kind))
    }

    mutating func list(_ steps: [Step], follower: Follower) {
        for (index, step) in steps.enumerated() {
            let isLast = index == steps.count - 1 || step.end || step.body == .succeed
            let next = isLast ? follower : Follower(place: .step(steps[index + 1].name), kind: .next)
            self.step(step, next)
        }
    }

    private mutating func step(_ step: Step, _ next: Follower) {
        let here = FlowWire.Place.step(step.name)
        switch step.body {
        case .fail: break
        case .pass, .wait, .succeed: connect(here, to: next.place, next.kind)
        case .task(let task):
            connect(here, to: next.place, next.kind)
            for clause in task.catches { connect(here, to: .step(clause.goto), .caught(clause.errors)) }
        case .choice(let choice): self.choice(choice, here, next)
        case .parallel(let parallel):
            connect(here, to: next.place, next.kind)
            for (index, steps) in parallel.branches.enumerated() {
                thread(steps, of: step.name, .branch(index))
            }
        case .foreach(let foreach):
            connect(here, to: next.place, next.kind)
            thread(foreach.steps, of: step.name, .iteration)
        }
    }

    private mutating func thread(_ steps: [Step], of name: String, _ kind: FlowWire.Kind) {
        let end = FlowWire.Place.threadEnd(of: name)
        connect(.step(name), to: steps.first.map { .step($0.name) } ?? end, kind)
        list(steps, follower: Follower(place: end, kind: .next))
    }

    private mutating func choice(_ choice: ChoiceStep, _ here: FlowWire.Place, _ next: Follower) {
        for branch in choice.branches {
            self.branch(branch.steps, branch.goto, here, next, .condition(branch.condition.text))
        }
        if let otherwise = choice.otherwise {
            branch(otherwise.steps, otherwise.goto, here, next, .otherwise)
        } else {
            connect(here, to: next.place, .noneHolds)
        }
    }

    private mutating func branch(
        _ steps: [Step], _ goto: String?, _ here: FlowWire.Place, _ next: Follower, _ kind: FlowWire.Kind
    ) {
        let follower = goto.map { Follower(place: .step($0), kind: .goto) } ?? next
        connect(here, to: steps.first.map { .step($0.name) } ?? follower.place, kind)
        list(steps, follower: follower)
    }
}
