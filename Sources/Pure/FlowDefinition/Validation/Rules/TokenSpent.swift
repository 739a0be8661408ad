enum TokenSpent: FlowRule {
    static let code = "token-spent"
    static let summary = "A task passes on its token, which is spent once the task has ended."
    static let needsWholeFlow = false

    static func check(_ flow: ExaminedFlow, _ findings: inout Findings) {
        for site in flow.sites {
            guard case .task(let task) = site.step.body else { continue }
            let holders = Set(
                (site.step.inputMappings ?? []).filter { readsToken($0.source) }.map(\.target))
            for mapping in (site.step.outputMappings ?? []) + (task.errorMappings ?? [])
            where carriesToken(mapping.source, holders) {
                findings.warn(
                    self,
                    "\"\(site.step.name)\" passes on its task token as \"\(mapping.target)\"; it is spent "
                        + "once the task has ended, and no later step can report with it",
                    at: mapping.location, in: site,
                    fix: mapping.source == .input(JSONPath(components: []))
                        ? "map the members that later steps need, without the token"
                        : "remove this mapping and those that read it; each task gets a token of its own, "
                            + "$context.task.token")
            }
        }
    }

    private static func readsToken(_ source: MappingSource) -> Bool {
        guard case .context(let path) = source else { return false }
        return path.components.isEmpty || path.components.first == .key("task")
    }

    private static func carriesToken(_ source: MappingSource, _ holders: Set<String>) -> Bool {
        switch source {
        case .context: return readsToken(source)
        case .input(let path):
            guard let first = path.components.first else { return !holders.isEmpty }
            guard case .key(let key) = first else { return false }
            return holders.contains(key)
        case .local, .constant: return false
        }
    }
}
