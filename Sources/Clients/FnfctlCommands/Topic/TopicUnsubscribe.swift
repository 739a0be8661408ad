import ArgumentParser
import FlowEngineAPI
import RPCProtocol

/// `fnfctl topic unsubscribe`
struct TopicUnsubscribe: Verb {
    static let configuration = CommandConfiguration(
        commandName: "unsubscribe",
        abstract: "Deletes a subscription and what it does not have yet.",
        discussion: "Example:\n  fnfctl topic unsubscribe payments audit")

    @Argument(help: ArgumentHelp("The topic's name.", valueName: "topic")) var topic: String
    @Argument(help: ArgumentHelp("The subscription's name.", valueName: "subscription")) var name: String
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        _ = try await global.peers(session).call(
            Unsubscribe.self,
            .with {
                $0.topicName = topic
                $0.subscriptionName = name
            }, on: .flowEngine)
        session.write("subscription \(name) of topic \(topic) deleted\n")
    }
}
