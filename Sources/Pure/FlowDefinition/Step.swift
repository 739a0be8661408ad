/// A place in the definition's text, from 1; 0 for a definition that was not read from text.
package struct SourceLocation: Sendable, Hashable {
    package let line: Int
    package let column: Int

    package static let none = SourceLocation(line: 0, column: 0)

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// One step of a flow. Source: fdl §2.
///
/// A class, so that what runs a flow hands its steps about by one reference.
package final class Step: Sendable, Equatable {
    /// Unique in the whole definition, nested steps included.
    package let name: String
    package let body: StepBody
    /// After this step none of its following siblings runs.
    package let end: Bool
    /// Nil: the step's input is its parent's input merged with its parent's local. Source: fdl §3.1.
    package let inputMappings: [Mapping]?
    /// Nil: the step's output is its local; for parallel and foreach it is empty.
    package let outputMappings: [Mapping]?
    /// Where the step's name stands.
    package let location: SourceLocation

    package init(
        name: String, body: StepBody, end: Bool = false, inputMappings: [Mapping]? = nil,
        outputMappings: [Mapping]? = nil, location: SourceLocation = .none
    ) {
        self.name = name
        self.body = body
        self.end = end
        self.inputMappings = inputMappings
        self.outputMappings = outputMappings
        self.location = location
    }

    package static func == (left: Step, right: Step) -> Bool {
        left === right
            || left.name == right.name && left.body == right.body && left.end == right.end
                && left.inputMappings == right.inputMappings && left.outputMappings == right.outputMappings
                && left.location == right.location
    }
}

/// What a step does. Boxed, so that a step is cheap to copy however large its body is.
package indirect enum StepBody: Sendable, Equatable {
    case task(TaskStep)
    case pass
    case wait(WaitStep)
    case choice(ChoiceStep)
    case parallel(ParallelStep)
    case foreach(ForeachStep)
    case succeed
    case fail(FailStep)

    /// The word behind `type:`.
    package var typeName: String {
        switch self {
        case .task: "task"
        case .pass: "pass"
        case .wait: "wait"
        case .choice: "choice"
        case .parallel: "parallel"
        case .foreach: "foreach"
        case .succeed: "succeed"
        case .fail: "fail"
        }
    }

    /// The serial lists inside the step, in the order of the text.
    package var lists: [[Step]] {
        switch self {
        case .task, .pass, .wait, .succeed, .fail: []
        case .choice(let choice): choice.branches.map(\.steps) + [choice.otherwise?.steps ?? []]
        case .parallel(let parallel): parallel.branches
        case .foreach(let foreach): [foreach.steps]
        }
    }
}

extension Step {
    package var withDescendants: [Step] { [self] + body.lists.flatMap { $0.flatMap(\.withDescendants) } }
}
