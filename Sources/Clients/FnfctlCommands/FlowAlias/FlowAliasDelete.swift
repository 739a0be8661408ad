import ArgumentParser
import FlowEngineAPI
import RPCProtocol

/// `fnfctl flow alias delete`
struct FlowAliasDelete: Verb {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Deletes an alias; executions that were started under it go on.",
        discussion: "Example:\n  fnfctl flow alias delete Greeting prod", aliases: ["rm"])

    @Argument(help: ArgumentHelp("The flow's name.", valueName: "flow")) var flow: String
    @Argument(help: ArgumentHelp("The alias.", valueName: "alias")) var alias: String
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        _ = try await global.peers(session).call(
            DeleteFlowAlias.self,
            .with {
                $0.flowName = flow
                $0.name = alias
            }, on: .flowEngine)
        session.write("alias \(alias) of flow \(flow) deleted\n")
    }
}
