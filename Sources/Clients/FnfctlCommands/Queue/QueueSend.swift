import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl queue send`
struct QueueSend: Verb {
    static let configuration = CommandConfiguration(
        commandName: "send", abstract: "Sends a message; prints its id.",
        discussion: """
            Examples:
              fnfctl queue send payments '{"paymentMethod":"zhifubao","price":"100"}'
              fnfctl queue send payments @payment.json --priority 1 --delay 30
            """)

    @Argument(help: ArgumentHelp("The queue's name.", valueName: "queue")) var queue: String

    @Argument(
        help: ArgumentHelp("Its text: as it stands, @FILE, or - for standard input.", valueName: "body"))
    var body: String

    @Option(help: ArgumentHelp("1 to 16, 1 is served first (default: 8).", valueName: "number"))
    var priority: Int64?

    @Option(help: ArgumentHelp("Nobody receives it before (default: the queue's).", valueName: "time"))
    var delay: TimeSpan?

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if delay?.wholeSeconds == false { throw ValidationError("--delay takes whole seconds.") }
    }

    func run(in session: Session) async throws(CommandFailure) {
        let text = try TextArgument.text(body)
        let sent = try await global.peers(session).call(
            SendMessage.self,
            .with {
                $0.queueName = queue
                $0.messageBody = text
                $0.priority = priority
                $0.delaySeconds = delay?.seconds
            }, on: .flowEngine)
        let report = Report(json: sent.wire, names: [sent.messageId], blocks: [.text(sent.messageId)])
        session.show(report, as: form.output)
    }
}
