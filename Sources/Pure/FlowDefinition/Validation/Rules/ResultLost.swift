enum ResultLost: FlowRule {
    static let code = "result-lost"
    static let summary = "A parallel or foreach has no outputMappings, so what its steps give is lost."
    static let needsWholeFlow = true

    /// Not said when its steps give nothing.
    static func check(_ flow: ExaminedFlow, _ findings: inout Findings) {
        guard let dataFlow = flow.dataFlow else { return }
        for site in flow.sites where site.step.outputMappings == nil {
            switch site.step.body {
            case .parallel, .foreach: break
            default: continue
            }
            guard let local = dataFlow.scopes[site.step.name]?.local, local != .list(.empty) else { continue }
            findings.warn(
                self,
                "the results of the \(site.step.body.typeName) \"\(site.step.name)\" are lost: without "
                    + "outputMappings its output is empty",
                at: site.step.location, in: site,
                fix: "e.g. outputMappings: [{target: results, source: $local}]; outputMappings: [] says that "
                    + "they are not wanted")
        }
    }
}
