/// A flow as what can be compared: attributes and ways on, by step name.
struct FlowTraits {
    struct StepTraits {
        let name: String
        let type: String
        let container: String
        let attributes: [String: String]
        /// Of a choice, in their order.
        let conditions: [String]

        var presence: FlowDifference.Presence { .init(step: name, type: type, container: container) }
    }

    /// By name and in the order of the text.
    struct Steps: Sequence {
        private var order: [StepTraits] = []
        private var byName: [String: StepTraits] = [:]

        subscript(name: String) -> StepTraits? { byName[name] }

        func makeIterator() -> IndexingIterator<[StepTraits]> { order.makeIterator() }

        mutating func add(_ step: StepTraits) {
            order.append(step)
            byName[step.name] = step
        }
    }

    let flow: [String: String]
    private(set) var steps = Steps()
    /// What a way is called, and where it leads; the start's stand under the empty name.
    private(set) var ways: [String: [String: String]] = [:]

    init(_ definition: FlowDefinition) {
        var flow = StepAttributes.mappings("inputMappings", definition.inputMappings)
        flow.merge(StepAttributes.mappings("outputMappings", definition.outputMappings)) { $1 }
        if let timeout = definition.timeoutSeconds { flow["timeoutSeconds"] = "\(timeout)" }
        self.flow = flow
        collect(definition.steps, in: "")
        for wire in definition.wires { add(wire) }
    }

    private mutating func collect(_ list: [Step], in container: String) {
        for step in list {
            var conditions: [String] = []
            if case .choice(let choice) = step.body { conditions = choice.branches.map(\.condition.text) }
            var attributes = StepAttributes.of(step)
            attributes["inside"] = container.isEmpty ? nil : container
            steps.add(
                StepTraits(
                    name: step.name, type: step.body.typeName, container: container, attributes: attributes,
                    conditions: conditions))
            for inner in step.body.lists { collect(inner, in: step.name) }
        }
    }

    private mutating func add(_ wire: FlowWire) {
        let (from, way): (String, String)
        switch wire.from {
        case .step(let name): (from, way) = (name, Self.name(of: wire.kind))
        case .start, .end, .threadEnd: (from, way) = ("", "start")
        }
        ways[from, default: [:]][way] = Self.text(wire.to)
    }

    private static func name(of kind: FlowWire.Kind) -> String {
        switch kind {
        case .next, .goto: "next"
        case .condition(let text): "if \(text)"
        case .otherwise, .noneHolds: "default"
        case .caught(let errors): "catch \(errors.joined(separator: ", "))"
        case .branch(let index): "branch \(index)"
        case .iteration: "iteration"
        }
    }

    private static func text(_ place: FlowWire.Place) -> String {
        switch place {
        case .start: "the start"
        case .end: "the end"
        case .step(let name): name
        case .threadEnd(let name): "the end of \(name)"
        }
    }
}
