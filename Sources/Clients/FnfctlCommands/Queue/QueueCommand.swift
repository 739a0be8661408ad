import ArgumentParser

/// `fnfctl queue …`
struct QueueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "Durable queues: what flows and programs send each other, one receiver a message.",
        discussion: "Example:\n  fnfctl queue receive payments --wait --delete",
        subcommands: [
            QueueCreate.self, QueueList.self, QueueShow.self, QueueSet.self, QueueDelete.self,
            QueueSend.self, QueueReceive.self, QueuePeek.self, QueueAck.self, QueueExtend.self,
        ],
        aliases: ["queues"])
}
