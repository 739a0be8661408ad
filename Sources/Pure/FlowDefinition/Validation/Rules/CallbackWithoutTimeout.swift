enum CallbackWithoutTimeout: FlowRule {
    static let code = "callback-without-timeout"
    static let summary = "A task waits for a callback and has no timeoutSeconds."
    static let needsWholeFlow = false

    static func check(_ flow: ExaminedFlow, _ findings: inout Findings) {
        let end =
            flow.definition.timeoutSeconds.map { "until the flow itself times out after \($0) s" }
            ?? "for ever"
        for site in flow.sites {
            guard case .task(let task) = site.step.body, task.pattern == .waitForCallback,
                task.timeoutSeconds == nil
            else { continue }
            findings.warn(
                self, "a report that never comes holds \"\(site.step.name)\" \(end)", at: site.step.location,
                in: site, fix: "give the task timeoutSeconds and catch FnF.TaskTimeout")
        }
    }
}
