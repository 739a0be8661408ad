import ArgumentParser
import FlowEngineAPI
import RPCProtocol

/// `fnfctl queue delete`
struct QueueDelete: Verb {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Deletes a queue with all its messages.",
        discussion: "Example:\n  fnfctl queue delete payments", aliases: ["rm"])

    @Argument(help: ArgumentHelp("The queue's name.", valueName: "queue")) var queue: String
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        _ = try await global.peers(session).call(
            DeleteQueue.self, .with { $0.queueName = queue }, on: .flowEngine)
        session.write("queue \(queue) deleted\n")
    }
}
