/// A flow as a value: what the definition's text says, checked, with every default filled in.
///
/// Source: fdl §1.
package struct FlowDefinition: Sendable, Equatable {
    package let version: String
    /// Run in this order; empty is a flow that succeeds at once.
    package let steps: [Step]
    /// Nil: the flow's input is the Input of the start. Source: fdl §3.1.
    package let inputMappings: [Mapping]?
    /// Nil: the flow's output is the merge of its steps' outputs.
    package let outputMappings: [Mapping]?
    /// Units: seconds of the wall clock, from the start of the execution.
    package let timeoutSeconds: Int64?

    package init(
        version: String = "v1", steps: [Step], inputMappings: [Mapping]? = nil,
        outputMappings: [Mapping]? = nil,
        timeoutSeconds: Int64? = nil
    ) {
        self.version = version
        self.steps = steps
        self.inputMappings = inputMappings
        self.outputMappings = outputMappings
        self.timeoutSeconds = timeoutSeconds
    }
}

extension FlowDefinition {
    /// The same flow with a whole-execution timeout of at most so many seconds.
    package func ended(after secondsMax: Int64) -> FlowDefinition {
        FlowDefinition(
            version: version, steps: steps, inputMappings: inputMappings, outputMappings: outputMappings,
            timeoutSeconds: min(timeoutSeconds ?? secondsMax, secondsMax))
    }
}

/// One use of a resource in a definition.
package struct ResourceUse: Sendable, Hashable {
    package let arn: String
    package let stepName: String
    package let line: Int
}

extension FlowDefinition {
    /// Every step, containers before what they contain, in the order of the text.
    package var allSteps: [Step] { steps.flatMap(\.withDescendants) }

    /// What the tasks call, in the order of the text; for the check that a binding matches each.
    package var resourceArns: [ResourceUse] {
        allSteps.compactMap { step in
            guard case .task(let task) = step.body else { return nil }
            return ResourceUse(arn: task.resourceArn, stepName: step.name, line: task.resourceLocation.line)
        }
    }
}
