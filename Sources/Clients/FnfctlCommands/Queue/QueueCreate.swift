import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl queue create`
struct QueueCreate: Verb {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Creates a queue; the same again is answered with what there is.",
        discussion: """
            Examples:
              fnfctl queue create payments
              fnfctl queue create dead
              fnfctl queue create work --visibility 5m --dead-letter dead --max-receives 5
            """)

    @Argument(help: ArgumentHelp("The queue's name.", valueName: "queue")) var queue: String
    @OptionGroup var attributes: QueueAttributeOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let record = try await global.peers(session).call(
            CreateQueue.self, attributes.attributes(of: queue), on: .flowEngine)
        session.show(QueueReport.one(record, now: session.world.now), as: form.output)
    }
}
