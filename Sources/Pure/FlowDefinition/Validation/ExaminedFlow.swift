/// A step and where it stands among the others.
package struct StepSite: Sendable {
    let step: Step
    /// The names of the steps around it and its own, outermost first, joined by `/`.
    let path: String
    /// The step that contains it; nil at the top.
    let container: String?
}

/// A definition and what several rules want to know of it.
package struct ExaminedFlow: Sendable {
    let definition: FlowDefinition
    let sites: [StepSite]
    /// Values that each choice without a default lets through, by the choice's name.
    let gaps: [String: ChoiceGap]
    /// Nil unless the definition is whole.
    let dataFlow: DataFlow?

    init(_ definition: FlowDefinition, isWhole: Bool) {
        self.definition = definition
        var sites: [StepSite] = []
        Self.collect(definition.steps, path: "", container: nil, &sites)
        self.sites = sites
        var search = ChoiceGapSearch()
        var gaps: [String: ChoiceGap] = [:]
        for site in sites {
            guard case .choice(let choice) = site.step.body, choice.otherwise == nil else { continue }
            gaps[site.step.name] = search.gap(in: choice)
        }
        self.gaps = gaps
        dataFlow = isWhole ? DataFlow(definition) : nil
    }

    private static func collect(
        _ steps: [Step], path: String, container: String?, _ sites: inout [StepSite]
    ) {
        for step in steps {
            let own = path.isEmpty ? step.name : "\(path)/\(step.name)"
            sites.append(StepSite(step: step, path: own, container: container))
            for list in step.body.lists { collect(list, path: own, container: step.name, &sites) }
        }
    }
}
