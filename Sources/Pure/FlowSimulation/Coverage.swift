package import FlowDefinition
package import FlowModel
import Primitives

/// Which steps and branches of a flow executions have been through.
package struct Coverage: Sendable, Equatable {
    /// A way the flow can go.
    package enum Branch: Sendable, Hashable {
        /// A branch of a choice, from 0.
        case condition(step: String, number: Int)
        /// The default of a choice, or its end without one.
        case otherwise(step: String)
        /// A catch of a task, from 0.
        case caught(step: String, number: Int)

        package var stepName: String {
            switch self {
            case .condition(let step, _), .otherwise(let step), .caught(let step, _): step
            }
        }
    }

    package let steps: [String]
    package let branches: [(branch: Branch, text: String)]
    package private(set) var stepsSeen: Set<String> = []
    package private(set) var branchesSeen: Set<Branch> = []
    private let tasks: [String: TaskStep]

    package init(_ definition: FlowDefinition) {
        var steps: [String] = []
        var branches: [(Branch, String)] = []
        var tasks: [String: TaskStep] = [:]
        for step in definition.allSteps {
            steps.append(step.name)
            switch step.body {
            case .choice(let choice):
                for (number, branch) in choice.branches.enumerated() {
                    let text = "\(step.name): \(branch.condition.text)"
                    branches.append((.condition(step: step.name, number: number), text))
                }
                let text = "\(step.name): \(choice.otherwise == nil ? "no condition true" : "default")"
                branches.append((.otherwise(step: step.name), text))
            case .task(let task):
                tasks[step.name] = task
                for (number, clause) in task.catches.enumerated() {
                    let errors = clause.errors.joined(separator: ", ")
                    let text = "\(step.name): catch \(errors) → \(clause.goto)"
                    branches.append((.caught(step: step.name, number: number), text))
                }
            default: break
            }
        }
        self.steps = steps
        self.branches = branches
        self.tasks = tasks
    }

    /// Adds what an execution's whole history shows.
    package mutating func add(_ events: [HistoryEvent]) {
        let choices = Set(
            branches.compactMap { branch -> String? in
                if case .otherwise(let step) = branch.branch { step } else { nil }
            })
        for event in events {
            switch event.type {
            case .stepEntered: stepsSeen.insert(event.stepName)
            case .stepStarted where choices.contains(event.stepName):
                if let number = event.detail["branch"]?.integerValue {
                    branchesSeen.insert(.condition(step: event.stepName, number: Int(number)))
                } else {
                    branchesSeen.insert(.otherwise(step: event.stepName))
                }
            case .stepExited: addCatch(event, events)
            default: break
            }
        }
    }

    /// A task that exits with a goto was caught; its cause is the event that says with which error.
    private mutating func addCatch(_ exit: HistoryEvent, _ events: [HistoryEvent]) {
        guard let target = exit.detail["goto"]?.stringValue, let task = tasks[exit.stepName] else { return }
        let place = Int(exit.scheduleEventID - (events.first?.eventID ?? 1))
        let error = events.indices.contains(place) ? events[place].detail["error"]?.stringValue : nil
        let number =
            task.catches.firstIndex { clause in error.map(clause.matches) ?? (clause.goto == target) }
            ?? task.catches.firstIndex { $0.goto == target }
        if let number { branchesSeen.insert(.caught(step: exit.stepName, number: number)) }
    }

    package var stepsMissed: [String] { steps.filter { !stepsSeen.contains($0) } }
    package var branchesMissed: [String] {
        branches.filter { !branchesSeen.contains($0.branch) }.map(\.text)
    }

    /// Units: percent, rounded down, so that 100 means all.
    package var stepsPercent: Int { Self.percent(steps.count - stepsMissed.count, of: steps.count) }
    package var branchesPercent: Int {
        Self.percent(branches.count - branchesMissed.count, of: branches.count)
    }

    private static func percent(_ part: Int, of whole: Int) -> Int { whole == 0 ? 100 : part * 100 / whole }

    package static func == (left: Coverage, right: Coverage) -> Bool {
        left.steps == right.steps && left.branches.map(\.branch) == right.branches.map(\.branch)
            && left.stepsSeen == right.stepsSeen && left.branchesSeen == right.branchesSeen
    }
}
