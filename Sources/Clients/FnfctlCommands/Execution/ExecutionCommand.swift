import ArgumentParser

/// `fnfctl execution …`
struct ExecutionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "execution", abstract: "Runs of flows: start, follow, stop, and what happened in them.",
        discussion: "Example:\n  fnfctl execution list OrderDemo-Jiyuan --status Running",
        subcommands: [
            ExecutionStart.self, ExecutionRun.self, ExecutionList.self, ExecutionSearchVerb.self,
            ExecutionCount.self, ExecutionDescribe.self,
            ExecutionHistory.self,
            ExecutionStop.self, ExecutionExport.self, ExecutionImport.self,
        ],
        aliases: ["executions", "exec"])
}
