enum TokenOutsideTask: FlowRule {
    static let code = "token-outside-task"
    static let summary = "$context.task is read where no task is: only a task has a token."
    static let needsWholeFlow = false

    static func check(_ flow: ExaminedFlow, _ findings: inout Findings) {
        let definition = flow.definition
        check(definition.inputMappings, "the flow", nil, &findings)
        check(definition.outputMappings, "the flow", nil, &findings)
        for site in flow.sites {
            if case .task = site.step.body { continue }
            let owner = "a \(site.step.body.typeName) step"
            check(site.step.inputMappings, owner, site, &findings)
            check(site.step.outputMappings, owner, site, &findings)
        }
    }

    private static func check(
        _ mappings: [Mapping]?, _ owner: String, _ site: StepSite?, _ findings: inout Findings
    ) {
        for mapping in mappings ?? [] {
            guard case .context(let path) = mapping.source,
                [[.key("task")], [.key("task"), .key("token")]].contains(path.components)
            else { continue }
            findings.warn(
                self, "\(owner) has no \(mapping.source.text); the mapping of \"\(mapping.target)\" fails",
                at: mapping.location, in: site,
                fix: "map $context.task.token in the inputMappings of the task whose token it is")
        }
    }
}
