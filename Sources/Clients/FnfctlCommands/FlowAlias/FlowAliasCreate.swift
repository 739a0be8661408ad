import ArgumentParser
import FlowEngineAPI
import RPCProtocol

/// `fnfctl flow alias create`
struct FlowAliasCreate: Verb {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Makes an alias for one version of a flow, or for two.",
        discussion: """
            Examples:
              fnfctl flow alias create Greeting prod --route 1
              fnfctl flow alias create Greeting canary --route 1=90 --route 2=10
            """)

    @Argument(help: ArgumentHelp("The flow's name.", valueName: "flow")) var flow: String
    @Argument(help: ArgumentHelp("The alias.", valueName: "alias")) var alias: String
    @Option(help: RouteArgument.help) var route: [RouteArgument]
    @Option(help: ArgumentHelp("A sentence about the alias.", valueName: "text")) var description: String?
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        _ = try await global.peers(session).call(
            CreateFlowAlias.self,
            .with {
                $0.flowName = flow
                $0.name = alias
                $0.description = description ?? ""
                $0.routingConfigurations = route.map(\.configuration)
            }, on: .flowEngine)
        session.write("alias \(alias) of flow \(flow) created\n")
    }
}
