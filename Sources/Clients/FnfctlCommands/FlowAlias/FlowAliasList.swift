import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl flow alias list`
struct FlowAliasList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the aliases of a flow.",
        discussion: "Example:\n  fnfctl flow alias list Greeting", aliases: ["ls"])

    @Argument(help: ArgumentHelp("The flow's name.", valueName: "flow")) var flow: String
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let aliases = try await Self.all(of: flow, global.peers(session))
        session.show(FlowAliasReport.list(aliases, of: flow, now: session.world.now), as: form.output)
    }

    /// A flow has so few that none is left out.
    static func all(of flow: String, _ peers: Peers) async throws(CommandFailure) -> [FlowAliasRecord] {
        var aliases: [FlowAliasRecord] = []
        var token: String?
        repeat {
            let page = try await peers.call(
                ListFlowAliases.self,
                .with {
                    $0.flowName = flow
                    $0.limit = 1000
                    $0.nextToken = token
                }, on: .flowEngine)
            aliases += page.aliases
            token = page.nextToken.flatMap { $0.isEmpty ? nil : $0 }
        } while token != nil
        return aliases
    }
}
