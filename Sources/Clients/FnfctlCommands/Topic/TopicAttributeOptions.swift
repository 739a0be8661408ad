import ArgumentParser
import FlowEngineAPI
import RPCProtocol

/// What `topic create` and `topic set` may say of a topic.
struct TopicAttributeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How long a message is tried (at first 24h, 1m to 360h).", valueName: "time"))
    var retention: TimeSpan?

    @Option(help: ArgumentHelp("Largest body (at first 65536, at most 262144).", valueName: "bytes"))
    var maxSize: Int64?

    @Flag(inversion: .prefixedNo, help: "The cloud's LoggingEnabled: kept and shown.")
    var logging: Bool?

    func validate() throws {
        if retention?.wholeSeconds == false { throw ValidationError("--retention takes whole seconds.") }
    }

    func attributes(of topic: String) -> TopicAttributes {
        .with {
            $0.topicName = topic
            $0.messageRetentionPeriod = retention?.seconds
            $0.maximumMessageSize = maxSize
            $0.loggingEnabled = logging
        }
    }
}
