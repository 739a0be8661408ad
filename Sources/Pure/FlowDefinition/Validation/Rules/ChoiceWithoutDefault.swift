enum ChoiceWithoutDefault: FlowRule {
    static let code = "choice-without-default"
    static let summary =
        "A choice has no default, and there are values for which none of its conditions is true."
    static let needsWholeFlow = false

    static func check(_ flow: ExaminedFlow, _ findings: inout Findings) {
        for site in flow.sites {
            guard let gap = flow.gaps[site.step.name] else { continue }
            let example = gap.example.isEmpty ? "" : ", e.g. for \(gap.example)"
            findings.warn(
                self, "when no condition is true\(example), the flow goes on behind this choice",
                at: site.step.location, in: site,
                fix: "add a default, e.g. default: {goto: …}; default: {} says that going on is meant")
        }
    }
}
