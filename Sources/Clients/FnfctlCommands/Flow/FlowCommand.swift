import ArgumentParser

/// `fnfctl flow …`
struct FlowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flow", abstract: "Flow definitions: check, put in, look at, delete.",
        discussion: "Example:\n  fnfctl flow list",
        subcommands: [
            FlowApply.self, FlowValidate.self, FlowList.self, FlowDescribe.self, FlowDelete.self,
            FlowPublish.self, FlowVersions.self, FlowUnpublish.self, FlowAliasCommand.self,
            FlowGraphVerb.self, FlowFormat.self, FlowDiff.self, FlowSimulate.self, FlowTest.self,
        ],
        aliases: ["flows"])
}
