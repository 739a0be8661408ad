import ArgumentParser
import FlowEngineAPI
import RPCProtocol

/// `fnfctl flow delete`
struct FlowDelete: Verb {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Deletes a flow; executions that run go on to their end.",
        discussion: "Example:\n  fnfctl flow delete OrderDemo-Jiyuan", aliases: ["rm"])

    @Argument(help: ArgumentHelp("The flow's name.", valueName: "flow")) var flow: String
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        _ = try await global.peers(session).call(DeleteFlow.self, .with { $0.name = flow }, on: .flowEngine)
        session.write("flow \(flow) deleted\n")
    }
}
