import ArgumentParser
import FlowEngineAPI
import RPCProtocol

/// `fnfctl topic list`
struct TopicList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the topics with the messages on their way, by name.",
        discussion: "Example:\n  fnfctl topic list --prefix pay -o name", aliases: ["ls"])

    @Option(help: ArgumentHelp("Only names that begin so.", valueName: "text")) var prefix: String?
    @OptionGroup var pages: PageOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let (topics, isCut) = try await pages.collect(pageMax: 1000) {
            (size, token) throws(CommandFailure) in
            let page = try await peers.call(
                ListTopics.self,
                .with {
                    $0.prefix = prefix
                    $0.limit = size
                    $0.nextToken = token
                }, on: .flowEngine)
            return (page.topics, page.nextToken)
        }
        session.show(TopicReport.list(topics), as: form.output)
        pages.tellIfCut(isCut, topics.count, session)
    }
}
