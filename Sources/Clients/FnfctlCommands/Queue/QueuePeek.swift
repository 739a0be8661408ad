import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl queue peek`
struct QueuePeek: Verb {
    static let configuration = CommandConfiguration(
        commandName: "peek", abstract: "Shows the next messages without taking them.",
        discussion: "Example:\n  fnfctl queue peek payments --count 16")

    @Argument(help: ArgumentHelp("The queue's name.", valueName: "queue")) var queue: String
    @Option(help: ArgumentHelp("Show at most so many, 1 to 16.", valueName: "count")) var count: Int64 = 1
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let answer = try await global.peers(session).call(
            PeekMessage.self,
            .with {
                $0.queueName = queue
                $0.numOfMessages = count
            }, on: .flowEngine)
        if answer.messages.isEmpty { session.note("there is no message in \(queue) now") }
        let report = QueueReport.messages(answer.messages, areTaken: false, now: session.world.now)
        if !answer.messages.isEmpty || form.output != .table { session.show(report, as: form.output) }
    }
}
