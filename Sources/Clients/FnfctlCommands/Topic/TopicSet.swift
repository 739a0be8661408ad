import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl topic set`
struct TopicSet: Verb {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Changes attributes of a topic; the others stay.",
        discussion: "Example:\n  fnfctl topic set payments --retention 1h")

    @Argument(help: ArgumentHelp("The topic's name.", valueName: "topic")) var topic: String
    @OptionGroup var attributes: TopicAttributeOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let record = try await global.peers(session).call(
            SetTopicAttributes.self, attributes.attributes(of: topic), on: .flowEngine)
        session.show(TopicReport.one(record, nil, now: session.world.now), as: form.output)
    }
}
