import FlowModel

enum ClauseNeverApplies: FlowRule {
    static let code = "clause-never-applies"
    static let summary = "All errors of a retry policy or a catch are taken by earlier ones."
    static let needsWholeFlow = false

    static func check(_ flow: ExaminedFlow, _ findings: inout Findings) {
        for site in flow.sites {
            guard case .task(let task) = site.step.body else { continue }
            check("retry policy", task.retry.map { ($0.errors, $0.location) }, site, &findings)
            check("catch", task.catches.map { ($0.errors, $0.location) }, site, &findings)
        }
    }

    private static func check(
        _ kind: String, _ clauses: [(errors: [String], location: SourceLocation)], _ site: StepSite,
        _ findings: inout Findings
    ) {
        var taken: Set<String> = []
        for clause in clauses {
            let isTaken = clause.errors.allSatisfy { taken.contains($0) || taken.contains(FailureName.all) }
            if isTaken, !clause.errors.isEmpty {
                findings.warn(
                    self, "this \(kind) never applies: those before it take all of its errors",
                    at: clause.location, in: site,
                    fix: "the first that matches is used; put the more special ones first, "
                        + "\(FailureName.all) last")
            }
            taken.formUnion(clause.errors)
        }
    }
}
