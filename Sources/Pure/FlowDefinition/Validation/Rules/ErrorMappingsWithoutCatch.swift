enum ErrorMappingsWithoutCatch: FlowRule {
    static let code = "error-mappings-without-catch"
    static let summary = "A task has errorMappings and no catch, so they never apply."
    static let needsWholeFlow = false

    static func check(_ flow: ExaminedFlow, _ findings: inout Findings) {
        for site in flow.sites {
            guard case .task(let task) = site.step.body, task.catches.isEmpty,
                let mapping = task.errorMappings?.first
            else { continue }
            findings.warn(
                self, "the errorMappings of \"\(site.step.name)\" never apply: the task catches nothing",
                at: mapping.location, in: site,
                fix: "add a catch with the step to go on with, or remove the errorMappings")
        }
    }
}
