import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl topic subscriptions`
struct TopicSubscriptions: Verb {
    static let configuration = CommandConfiguration(
        commandName: "subscriptions",
        abstract: "Lists the subscriptions of a topic, with what they do not have yet.",
        discussion: "Example:\n  fnfctl topic subscriptions payments")

    @Argument(help: ArgumentHelp("The topic's name.", valueName: "topic")) var topic: String
    @OptionGroup var pages: PageOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let (subscriptions, isCut) = try await pages.collect(pageMax: 1000) {
            (size, token) throws(CommandFailure) in
            let page = try await peers.call(
                ListSubscriptions.self,
                .with {
                    $0.topicName = topic
                    $0.limit = size
                    $0.nextToken = token
                }, on: .flowEngine)
            return (page.subscriptions, page.nextToken)
        }
        session.show(TopicReport.subscriptions(subscriptions, now: session.world.now), as: form.output)
        pages.tellIfCut(isCut, subscriptions.count, session)
    }
}
