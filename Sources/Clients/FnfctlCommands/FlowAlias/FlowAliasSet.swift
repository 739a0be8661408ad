import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl flow alias set`
struct FlowAliasSet: Verb {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Changes where an alias routes, for the starts to come.",
        discussion: """
            Executions that were started under it keep their version.

            Examples:
              fnfctl flow alias set Greeting prod --route 1=50 --route 2=50
              fnfctl flow alias set Greeting prod --route 2
            """,
        aliases: ["update"])

    @Argument(help: ArgumentHelp("The flow's name.", valueName: "flow")) var flow: String
    @Argument(help: ArgumentHelp("The alias.", valueName: "alias")) var alias: String
    @Option(help: RouteArgument.help) var route: [RouteArgument] = []
    @Option(help: ArgumentHelp("A sentence about the alias.", valueName: "text")) var description: String?
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if route.isEmpty, description == nil {
            throw ValidationError("Say what is to be changed: --route or --description.")
        }
    }

    func run(in session: Session) async throws(CommandFailure) {
        let routes = route.isEmpty ? nil : route.map(\.configuration)
        let answer = try await global.peers(session).call(
            UpdateFlowAlias.self,
            .with {
                $0.flowName = flow
                $0.name = alias
                $0.description = description
                $0.routingConfigurations = routes
            }, on: .flowEngine)
        session.show(FlowAliasReport.one(answer.alias, now: session.world.now), as: form.output)
    }
}
