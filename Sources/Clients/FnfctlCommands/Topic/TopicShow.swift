import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl topic show`
struct TopicShow: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows a topic's attributes and its subscriptions, with what failed last.",
        discussion: "Example:\n  fnfctl topic show payments", aliases: ["describe", "get"])

    @Argument(help: ArgumentHelp("The topic's name.", valueName: "topic")) var topic: String
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let record = try await peers.call(DescribeTopic.self, .with { $0.topicName = topic }, on: .flowEngine)
        // A topic has as many subscriptions as fit into one page.
        let page = try await peers.call(
            ListSubscriptions.self,
            .with {
                $0.topicName = topic
                $0.limit = 1000
            }, on: .flowEngine)
        session.show(
            TopicReport.one(record, page.subscriptions, now: session.world.now), as: form.output)
    }
}
