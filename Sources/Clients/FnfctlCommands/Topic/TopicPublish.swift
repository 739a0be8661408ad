import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl topic publish`
struct TopicPublish: Verb {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Publishes a message; prints its id.",
        discussion: """
            Examples:
              fnfctl topic publish payments '{"order":"o-1"}'
              fnfctl topic publish payments @payment.json --tag paid
            """)

    @Argument(help: ArgumentHelp("The topic's name.", valueName: "topic")) var topic: String

    @Argument(
        help: ArgumentHelp("Its text: as it stands, @FILE, or - for standard input.", valueName: "body"))
    var body: String

    @Option(help: ArgumentHelp("For subscriptions with such a filter (at most 16).", valueName: "text"))
    var tag: String?

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let text = try TextArgument.text(body)
        let sent = try await global.peers(session).call(
            PublishMessage.self,
            .with {
                $0.topicName = topic
                $0.messageBody = text
                $0.messageTag = tag
            }, on: .flowEngine)
        let report = Report(json: sent.wire, names: [sent.messageId], blocks: [.text(sent.messageId)])
        session.show(report, as: form.output)
    }
}
