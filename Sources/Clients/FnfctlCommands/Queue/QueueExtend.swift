import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl queue extend`
struct QueueExtend: Verb {
    static let configuration = CommandConfiguration(
        commandName: "extend",
        abstract: "Keeps a received message longer, or gives it back; prints the new handle.",
        discussion: """
            Examples:
              fnfctl queue extend payments HANDLE --visibility 10m
              fnfctl queue extend payments HANDLE --visibility 0
            """)

    @Argument(help: ArgumentHelp("The queue's name.", valueName: "queue")) var queue: String
    @Argument(help: ArgumentHelp("From the receive.", valueName: "handle")) var handle: String

    @Option(help: ArgumentHelp("From now on, at most 12h; 0 gives it back.", valueName: "time"))
    var visibility: TimeSpan

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if !visibility.wholeSeconds { throw ValidationError("--visibility takes whole seconds.") }
    }

    func run(in session: Session) async throws(CommandFailure) {
        let changed = try await global.peers(session).call(
            ChangeMessageVisibility.self,
            .with {
                $0.queueName = queue
                $0.receiptHandle = handle
                $0.visibilityTimeout = visibility.seconds ?? 0
            }, on: .flowEngine)
        let report = Report(
            json: changed.wire, names: [changed.receiptHandle], blocks: [.text(changed.receiptHandle)])
        session.show(report, as: form.output)
    }
}
