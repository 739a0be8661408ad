import ArgumentParser
import FlowEngineAPI
import RPCProtocol

/// `fnfctl queue list`
struct QueueList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the queues with their messages, by name.",
        discussion: "Example:\n  fnfctl queue list --prefix pay -o name", aliases: ["ls"])

    @Option(help: ArgumentHelp("Only names that begin so.", valueName: "text")) var prefix: String?
    @OptionGroup var pages: PageOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let (queues, isCut) = try await pages.collect(pageMax: 1000) {
            (size, token) throws(CommandFailure) in
            let page = try await peers.call(
                ListQueues.self,
                .with {
                    $0.prefix = prefix
                    $0.limit = size
                    $0.nextToken = token
                }, on: .flowEngine)
            return (page.queues, page.nextToken)
        }
        session.show(QueueReport.list(queues), as: form.output)
        pages.tellIfCut(isCut, queues.count, session)
    }
}
