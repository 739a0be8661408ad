import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl flow versions`
struct FlowVersions: Verb {
    static let configuration = CommandConfiguration(
        commandName: "versions", abstract: "Lists the published versions of a flow, newest first.",
        discussion: "Example:\n  fnfctl flow versions Greeting --all")

    @Argument(help: ArgumentHelp("The flow's name.", valueName: "flow")) var flow: String
    @OptionGroup var pages: PageOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let (versions, isCut) = try await pages.collect(pageMax: 1000) {
            (size, token) throws(CommandFailure) in
            let page = try await peers.call(
                ListFlowVersions.self,
                .with {
                    $0.flowName = flow
                    $0.limit = size
                    $0.nextToken = token
                }, on: .flowEngine)
            return (page.flowVersions, page.nextToken)
        }
        let aliases = form.output == .table ? try await FlowAliasList.all(of: flow, peers) : []
        let report = FlowVersionReport.list(
            versions, of: flow, aliases: aliases, now: session.world.now)
        session.show(report, as: form.output)
        pages.tellIfCut(isCut, versions.count, session)
    }
}
