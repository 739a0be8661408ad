import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl topic subscribe`
struct TopicSubscribe: Verb {
    static let configuration = CommandConfiguration(
        commandName: "subscribe",
        abstract: "Sends a topic's messages, from now on, to an HTTP address or into a queue.",
        discussion: """
            An address must be allowed in http-egress.yaml. The same again is answered with what there is.

            Examples:
              fnfctl topic subscribe payments audit http://127.0.0.1:9000/in --format simplified
              fnfctl topic subscribe payments work queue:work --tag paid
            """)

    enum Strategy: String, CaseIterable, ExpressibleByArgument {
        case backoff, exponential

        var wire: String { self == .backoff ? "BACKOFF_RETRY" : "EXPONENTIAL_DECAY_RETRY" }
    }

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case xml, json, simplified
    }

    @Argument(help: ArgumentHelp("The topic's name.", valueName: "topic")) var topic: String
    @Argument(help: ArgumentHelp("The subscription's name.", valueName: "subscription")) var name: String

    @Argument(help: ArgumentHelp("http://…, https://… or queue:NAME.", valueName: "endpoint"))
    var endpoint: String

    @Option(help: "The body as it was published, or in an envelope.") var format: Format?
    @Option(help: "3 more tries within a minute, or 176 tries within a day.") var retry: Strategy?

    @Option(help: ArgumentHelp("Only messages with this tag.", valueName: "text")) var tag: String?

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let result = try await global.peers(session).call(
            Subscribe.self,
            .with {
                $0.topicName = topic
                $0.subscriptionName = name
                $0.endpoint =
                    endpoint.hasPrefix("queue:") ? "acs:mns:::queues/\(endpoint.dropFirst(6))" : endpoint
                $0.notifyContentFormat = (format ?? .simplified).rawValue.uppercased()
                $0.notifyStrategy = retry?.wire
                $0.filterTag = tag
            }, on: .flowEngine)
        session.show(TopicReport.subscription(result.subscription, now: session.world.now), as: form.output)
    }
}
