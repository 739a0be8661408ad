import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl queue show`
struct QueueShow: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows a queue's attributes and how many messages it holds.",
        discussion: "Example:\n  fnfctl queue show payments", aliases: ["describe", "get"])

    @Argument(help: ArgumentHelp("The queue's name.", valueName: "queue")) var queue: String
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let record = try await global.peers(session).call(
            DescribeQueue.self, .with { $0.queueName = queue }, on: .flowEngine)
        session.show(QueueReport.one(record, now: session.world.now), as: form.output)
    }
}
