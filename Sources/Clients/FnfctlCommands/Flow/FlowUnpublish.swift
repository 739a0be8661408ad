import ArgumentParser
import FlowEngineAPI
import RPCProtocol

/// `fnfctl flow unpublish`
struct FlowUnpublish: Verb {
    static let configuration = CommandConfiguration(
        commandName: "unpublish", abstract: "Deletes a version of a flow, to which no alias may route.",
        discussion: """
            Executions that run it go on to their end. The number is not used again.

            Example:
              fnfctl flow unpublish Greeting 1
            """)

    @Argument(help: ArgumentHelp("The flow's name.", valueName: "flow")) var flow: String
    @Argument(help: ArgumentHelp("The version's number.", valueName: "version")) var version: String
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        _ = try await global.peers(session).call(
            DeleteFlowVersion.self,
            .with {
                $0.flowName = flow
                $0.flowVersion = version
            }, on: .flowEngine)
        session.write("version \(version) of flow \(flow) deleted\n")
    }
}
