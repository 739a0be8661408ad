import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl topic create`
struct TopicCreate: Verb {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Creates a topic; the same again is answered with what there is.",
        discussion: """
            Examples:
              fnfctl topic create payments
              fnfctl topic create payments --retention 1h --max-size 262144
            """)

    @Argument(help: ArgumentHelp("The topic's name.", valueName: "topic")) var topic: String
    @OptionGroup var attributes: TopicAttributeOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let result = try await global.peers(session).call(
            CreateTopic.self, attributes.attributes(of: topic), on: .flowEngine)
        session.show(TopicReport.one(result.topic, nil, now: session.world.now), as: form.output)
    }
}
