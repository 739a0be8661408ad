import ArgumentParser

/// `fnfctl topic …`
struct TopicCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topic",
        abstract: "Topics: a message goes to every HTTP address and every queue that is subscribed.",
        discussion: """
            Example:
              fnfctl topic create payments
              fnfctl topic subscribe payments audit http://127.0.0.1:9000/in --format simplified
              fnfctl topic publish payments '{"order":"o-1"}'
            """,
        subcommands: [
            TopicCreate.self, TopicList.self, TopicShow.self, TopicSet.self, TopicDelete.self,
            TopicPublish.self, TopicSubscribe.self, TopicSubscriptions.self, TopicUnsubscribe.self,
        ],
        aliases: ["topics"])
}
