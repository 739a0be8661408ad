import Primitives

/// The shapes that mappings of a step can see, joined over all ways that lead to it.
struct StepScope: Sendable, Equatable {
    /// `$input` of its inputMappings.
    let parentInput: Shape
    /// `$local` of its inputMappings.
    let parentLocal: Shape
    /// Its own input: `$input` of its outputMappings, `$` of its parameters and conditions.
    let input: Shape
    /// `$local` of its outputMappings; nil when it never succeeds.
    let local: Shape?
}

/// Which keys may be where: the flow run once over shapes in place of values, loops until nothing is added.
struct DataFlow: Sendable {
    /// Units: values handled. A hundred steps take some ten thousand; a flow that takes more than this is not
    /// followed to its end, and nothing is said about it.
    static let roomMax = 1_000_000

    /// By step name; steps that are never reached have none.
    private(set) var scopes: [String: StepScope] = [:]
    private(set) var flowInput = Shape.unknown
    /// The merge of the steps' outputs; nil when the flow never succeeds.
    private(set) var flowLocal: Shape?
    private var room = Self.roomMax

    /// False when the flow was too large to follow.
    var isComplete: Bool { room > 0 }

    init(_ definition: FlowDefinition) {
        if let mappings = definition.inputMappings {
            flowInput = map(mappings, input: .unknown, local: .empty)
        }
        flowLocal = list(definition.steps, input: flowInput)
        if !isComplete { scopes = [:] }
    }

    /// One way out of a step.
    private struct Exit {
        /// Nil: the next step, or the end of the list if the step says so.
        let goto: String?
        let local: Shape
    }

    /// What the list's local may be at its end; nil when it never gets there.
    private mutating func list(_ steps: [Step], input: Shape) -> Shape? {
        let positions = Dictionary(steps.enumerated().map { ($1.name, $0) }) { first, _ in first }
        var before = [Shape?](repeating: nil, count: steps.count + 1)
        var waiting = [Bool](repeating: false, count: steps.count + 1)
        before[0] = .empty
        waiting[0] = true
        var here = 0
        room -= steps.count
        while here < steps.count, isComplete {
            guard waiting[here], let local = before[here] else {
                here += 1
                continue
            }
            waiting[here] = false
            let step = steps[here]
            var lowest = here + 1
            for exit in exits(of: step, parentInput: input, parentLocal: local) {
                let target = exit.goto.flatMap { positions[$0] } ?? (step.endsList ? steps.count : here + 1)
                guard enter(target, with: exit.local, &before) else { continue }
                waiting[target] = true
                lowest = min(lowest, target)
            }
            here = lowest
        }
        return before[steps.count]
    }

    /// True when the place's shape has grown.
    private mutating func enter(_ place: Int, with local: Shape, _ before: inout [Shape?]) -> Bool {
        guard let known = before[place] else {
            before[place] = local
            return true
        }
        room -= known.weight + local.weight
        let joined = known.joined(local)
        before[place] = joined
        return joined != known
    }

    private mutating func exits(of step: Step, parentInput: Shape, parentLocal: Shape) -> [Exit] {
        room -= 1 + parentLocal.weight + parentInput.weight
        let input =
            step.inputMappings.map { map($0, input: parentInput, local: parentLocal) }
            ?? parentInput.joined(parentLocal)
        let ends = ends(of: step.body, input: input)
        let local = ends.reduce(Shape?.none) { $0?.joined($1.local) ?? $1.local }
        scopes[step.name] = StepScope(
            parentInput: parentInput, parentLocal: parentLocal, input: input, local: local)
        var exits = ends.map { end in
            let output = output(of: step, input: input, local: end.local)
            return Exit(goto: end.goto, local: parentLocal.joined(output))
        }
        if case .task(let task) = step.body {
            let output = task.errorMappings.map { map($0, input: input, local: Self.failure) } ?? .empty
            exits += task.catches.map { Exit(goto: $0.goto, local: parentLocal.joined(output)) }
        }
        room -= exits.count * parentLocal.weight
        return exits
    }

    /// What `$local` is in errorMappings.
    static let failure = Shape.object(
        of: ["error": .scalar, "cause": .scalar, "code": .scalar])

    /// The step's own local for each way in which it can succeed.
    private mutating func ends(of body: StepBody, input: Shape) -> [Exit] {
        switch body {
        case .task: [Exit(goto: nil, local: .unknown)]
        case .pass, .wait, .succeed: [Exit(goto: nil, local: .empty)]
        case .fail: []
        case .choice(let choice): ends(of: choice, input: input)
        case .parallel(let parallel): ends(of: parallel, input: input)
        case .foreach(let foreach): [Exit(goto: nil, local: result(of: foreach, input: input))]
        }
    }

    private mutating func ends(of choice: ChoiceStep, input: Shape) -> [Exit] {
        var ends: [Exit] = []
        for branch in choice.branches {
            guard let local = list(branch.steps, input: input) else { continue }
            ends.append(Exit(goto: branch.goto, local: local))
        }
        guard let otherwise = choice.otherwise else { return ends + [Exit(goto: nil, local: .empty)] }
        if let local = list(otherwise.steps, input: input) {
            ends.append(Exit(goto: otherwise.goto, local: local))
        }
        return ends
    }

    private mutating func ends(of parallel: ParallelStep, input: Shape) -> [Exit] {
        var element: Shape?
        var succeeds = true
        for branch in parallel.branches {
            guard let local = list(branch, input: input) else {
                succeeds = false
                continue
            }
            element = element?.joined(local) ?? local
        }
        return succeeds ? [Exit(goto: nil, local: .list(of: element ?? .unknown))] : []
    }

    private mutating func result(of foreach: ForeachStep, input: Shape) -> Shape {
        var element = Shape.unknown
        if case .found(.list(let known)) = input.lookup(foreach.collection) { element = known }
        var added = [foreach.item: element]
        if let index = foreach.index { added[index] = .scalar }
        return .list(of: list(foreach.steps, input: input.joined(.object(of: added))) ?? .unknown)
    }

    private mutating func output(of step: Step, input: Shape, local: Shape) -> Shape {
        if let mappings = step.outputMappings { return map(mappings, input: input, local: local) }
        switch (step.body, local) {
        case (.parallel, _), (.foreach, _): return .empty
        case (_, .object), (_, .unknown): return local
        default: return .unknown
        }
    }

    /// A source that is not there fails the step; so that this is said once, its target counts as set.
    private mutating func map(_ mappings: [Mapping], input: Shape, local: Shape) -> Shape {
        var members: [String: Shape] = [:]
        for mapping in mappings {
            members[mapping.target] = shape(of: mapping.source, input: input, local: local)
        }
        room -= mappings.count
        return .object(of: members)
    }

    private mutating func shape(of source: MappingSource, input: Shape, local: Shape) -> Shape {
        switch source {
        case .input(let path):
            if case .found(let shape) = input.lookup(path) { return shape }
        case .local(let path):
            if case .found(let shape) = local.lookup(path) { return shape }
        case .context(let path): return path.components.count == 2 ? .scalar : .unknown
        case .constant(let constant):
            var values = ShapeMembers.weightMax
            let shape = Shape(constant, room: &values)
            room -= ShapeMembers.weightMax - values
            return shape
        }
        return .unknown
    }
}

extension Step {
    /// True when no sibling behind it runs after it has succeeded.
    var endsList: Bool {
        if case .succeed = body { return true }
        return end
    }
}
