import ArgumentParser
import FlowEngineAPI
import RPCProtocol

/// `fnfctl flow publish`
struct FlowPublish: Verb {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Keeps a flow as it stands as a version, and prints its number.",
        discussion: """
            Nothing changes a version; executions are started under it by its number, or by an alias that \
            routes to it. When the newest version is the same already, that one is printed.

            Examples:
              fnfctl flow publish Greeting --description "says hello"
              fnfctl flow publish Greeting -o json
            """)

    @Argument(help: ArgumentHelp("The flow's name.", valueName: "flow")) var flow: String
    @Option(help: ArgumentHelp("A sentence about the version (default: the flow's).", valueName: "text"))
    var description: String?
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let version = try await global.peers(session).call(
            PublishFlowVersion.self,
            .with {
                $0.flowName = flow
                $0.description = description
            }, on: .flowEngine)
        session.show(FlowVersionReport.one(version), as: form.output)
    }
}
