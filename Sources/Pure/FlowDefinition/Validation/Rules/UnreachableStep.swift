enum UnreachableStep: FlowRule {
    static let code = "unreachable-step"
    static let summary = "No way through the flow leads to a step."
    static let needsWholeFlow = true

    /// What an unreachable step contains is not named as well.
    static func check(_ flow: ExaminedFlow, _ findings: inout Findings) {
        let reached = Reachability(flow.definition).reached
        for site in flow.sites where !reached.contains(site.step.name) {
            if let container = site.container, !reached.contains(container) { continue }
            findings.warn(
                self, "no way leads to \"\(site.step.name)\": the steps before it end or go elsewhere",
                at: site.step.location, in: site,
                fix: "name it in a goto of the same list, or remove it")
        }
    }
}
