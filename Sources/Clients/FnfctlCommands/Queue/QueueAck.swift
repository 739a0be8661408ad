import ArgumentParser
import FlowEngineAPI
import RPCProtocol

/// `fnfctl queue ack`
struct QueueAck: Verb {
    static let configuration = CommandConfiguration(
        commandName: "ack", abstract: "Deletes received messages by their handles: their work is done.",
        discussion: """
            Examples:
              fnfctl queue ack payments HANDLE
              fnfctl queue receive payments --count 16 -o name | xargs fnfctl queue ack payments
            """, aliases: ["delete-message"])

    @Argument(help: ArgumentHelp("The queue's name.", valueName: "queue")) var queue: String
    @Argument(help: ArgumentHelp("From the receive.", valueName: "handle")) var handles: [String]
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        for handle in handles {
            _ = try await peers.call(
                DeleteMessage.self,
                .with {
                    $0.queueName = queue
                    $0.receiptHandle = handle
                }, on: .flowEngine)
            session.write("message deleted\n")
        }
    }
}
