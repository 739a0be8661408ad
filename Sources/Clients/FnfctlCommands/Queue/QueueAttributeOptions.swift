import ArgumentParser
import FlowEngineAPI
import RPCProtocol

/// What `queue create` and `queue set` may say of a queue.
struct QueueAttributeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How long a new message waits (at first 0, at most 168h).", valueName: "time"))
    var delay: TimeSpan?

    @Option(
        help: ArgumentHelp(
            "How long a receiver has for a message (at first 30, at most 12h).", valueName: "time"))
    var visibility: TimeSpan?

    @Option(
        help: ArgumentHelp("How long a message is kept (at first 96h, 1m to 360h).", valueName: "time"))
    var retention: TimeSpan?

    @Option(
        help: ArgumentHelp(
            "How long a receive waits that does not say (at first 0, at most 30).", valueName: "time"))
    var pollingWait: TimeSpan?

    @Option(help: ArgumentHelp("Largest body (at first 65536, at most 262144).", valueName: "bytes"))
    var maxSize: Int64?

    @Option(help: ArgumentHelp("Queue for what was received too often.", valueName: "queue"))
    var deadLetter: String?

    @Option(
        help: ArgumentHelp("Receives until a message goes there (at first 16).", valueName: "count"))
    var maxReceives: Int64?

    @Flag(help: "No dead-letter queue any more.")
    var noDeadLetter = false

    func validate() throws {
        let spans = [("delay", delay), ("visibility", visibility), ("retention", retention)]
        for (name, span) in spans + [("polling-wait", pollingWait)] where span?.wholeSeconds == false {
            throw ValidationError("--\(name) takes whole seconds.")
        }
        if noDeadLetter, deadLetter != nil || maxReceives != nil {
            throw ValidationError("--no-dead-letter contradicts --dead-letter and --max-receives.")
        }
    }

    func attributes(of queue: String) -> QueueAttributes {
        .with {
            $0.queueName = queue
            $0.delaySeconds = delay?.seconds
            $0.visibilityTimeout = visibility?.seconds
            $0.messageRetentionPeriod = retention?.seconds
            $0.pollingWaitSeconds = pollingWait?.seconds
            $0.maximumMessageSize = maxSize
            $0.deadLetterQueue = noDeadLetter ? "" : deadLetter
            $0.maxReceiveCount = maxReceives
        }
    }
}

extension TimeSpan {
    /// Nil: without end.
    var seconds: Int64? { duration?.components.seconds }

    var wholeSeconds: Bool { duration.map { $0.components.attoseconds == 0 } ?? true }
}
