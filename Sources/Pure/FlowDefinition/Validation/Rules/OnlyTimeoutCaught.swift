import FlowModel

enum OnlyTimeoutCaught: FlowRule {
    static let code = "only-timeout-caught"
    static let summary = "A callback task catches FnF.TaskTimeout and no other failure."
    static let needsWholeFlow = false

    static func check(_ flow: ExaminedFlow, _ findings: inout Findings) {
        for site in flow.sites {
            guard case .task(let task) = site.step.body, task.pattern == .waitForCallback,
                let clause = task.catches.first
            else { continue }
            let errors = Set(task.catches.flatMap(\.errors))
            guard errors == [FailureName.taskTimeout] else { continue }
            findings.warn(
                self,
                "\"\(site.step.name)\" catches only \(FailureName.taskTimeout); any other failure, such as a "
                    + "reported one or that of the call itself, fails the execution",
                at: clause.location, in: site,
                fix: "write errors: [\(FailureName.all)], or add a catch for the other failures behind it")
        }
    }
}
