import ArgumentParser
import FlowEngineAPI
import FlowModel
import Primitives
import RPCProtocol

extension ExecutionStatus: ExpressibleByArgument {}

/// `fnfctl execution list`
struct ExecutionList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the executions of a flow, newest first.",
        discussion: "Example:\n  fnfctl execution list OrderDemo-Jiyuan --status Failed --all -o name",
        aliases: ["ls"])

    @Argument(help: ArgumentHelp("The flow's name.", valueName: "flow")) var flow: String
    @Option(help: ArgumentHelp("Only those with this status.", valueName: "status")) var status:
        ExecutionStatus?
    @Option(help: ArgumentHelp("Only names that begin so.", valueName: "text")) var prefix: String?
    @Option(
        help: ArgumentHelp(
            "Only those that run this version or were started under this alias; LATEST: neither.",
            valueName: "name"))
    var qualifier: String?
    @OptionGroup var pages: PageOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let (executions, isCut) = try await pages.collect(pageMax: 100) {
            (size, token) throws(CommandFailure) in
            let page = try await peers.call(
                ListExecutions.self,
                .with {
                    $0.flowName = flow
                    $0.limit = size
                    $0.nextToken = token
                    $0.status = status?.rawValue
                    $0.executionNamePrefix = prefix
                    $0.qualifier = qualifier
                }, on: .flowEngine)
            return (page.executions, page.nextToken)
        }
        session.show(ExecutionReport.list(executions, now: session.world.now), as: form.output)
        pages.tellIfCut(isCut, executions.count, session)
    }
}
