import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl queue set`
struct QueueSet: Verb {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Changes attributes of a queue; the others stay.",
        discussion: """
            Examples:
              fnfctl queue set payments --visibility 2m --polling-wait 20
              fnfctl queue set payments --no-dead-letter
            """)

    @Argument(help: ArgumentHelp("The queue's name.", valueName: "queue")) var queue: String
    @OptionGroup var attributes: QueueAttributeOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let record = try await global.peers(session).call(
            SetQueueAttributes.self, attributes.attributes(of: queue), on: .flowEngine)
        session.show(QueueReport.one(record, now: session.world.now), as: form.output)
    }
}
