import ArgumentParser
import FlowEngineAPI
import RPCProtocol

/// `fnfctl topic delete`
struct TopicDelete: Verb {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Deletes a topic with its subscriptions and what they do not have yet.",
        discussion: "Example:\n  fnfctl topic delete payments", aliases: ["rm"])

    @Argument(help: ArgumentHelp("The topic's name.", valueName: "topic")) var topic: String
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        _ = try await global.peers(session).call(
            DeleteTopic.self, .with { $0.topicName = topic }, on: .flowEngine)
        session.write("topic \(topic) deleted\n")
    }
}
