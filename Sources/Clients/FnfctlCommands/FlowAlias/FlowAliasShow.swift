import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl flow alias show`
struct FlowAliasShow: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows where an alias routes.",
        discussion: "Example:\n  fnfctl flow alias show Greeting prod", aliases: ["describe", "get"])

    @Argument(help: ArgumentHelp("The flow's name.", valueName: "flow")) var flow: String
    @Argument(help: ArgumentHelp("The alias.", valueName: "alias")) var alias: String
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let answer = try await global.peers(session).call(
            DescribeFlowAlias.self,
            .with {
                $0.flowName = flow
                $0.name = alias
            }, on: .flowEngine)
        session.show(FlowAliasReport.one(answer.alias, now: session.world.now), as: form.output)
    }
}
