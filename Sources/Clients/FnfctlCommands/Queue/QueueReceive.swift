import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl queue receive`
struct QueueReceive: Verb {
    static let configuration = CommandConfiguration(
        commandName: "receive", abstract: "Takes messages out; who has one must delete it when it is done.",
        discussion: """
            Until its visibility timeout has passed nobody else receives a message; then it comes back. \
            Delete it by its handle (`fnfctl queue ack`), or with --delete as soon as it is printed.

            Examples:
              fnfctl queue receive payments --wait 1m
              fnfctl queue receive payments --count 16 --visibility 5m -o json
              fnfctl queue receive payments --wait --delete --body
            """)

    /// The engine lets one question wait so long, and gives so many at once. Units: seconds.
    private static let pollSecondsMax: Int64 = 30
    private static let countMax: Int64 = 16

    @Argument(help: ArgumentHelp("The queue's name.", valueName: "queue")) var queue: String

    @Option(
        defaultAsFlag: TimeSpan.endless,
        help: ArgumentHelp("Wait for a message, at most so long.", valueName: "time"))
    var wait: TimeSpan?

    @Option(help: ArgumentHelp("Take at most so many, 1 to 16.", valueName: "count"))
    var count: Int64 = 1

    @Option(help: ArgumentHelp("Keep them so long (default: the queue's).", valueName: "time"))
    var visibility: TimeSpan?

    @Flag(help: "Delete each as soon as it is printed.")
    var delete = false

    @Flag(help: "Print the bodies only, each with a line break behind it.")
    var body = false

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard (1...Self.countMax).contains(count) else {
            throw ValidationError("--count takes 1 to \(Self.countMax).")
        }
        if visibility?.wholeSeconds == false { throw ValidationError("--visibility takes whole seconds.") }
    }

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let messages = try await receive(peers)
        if messages.isEmpty { session.note("there is no message in \(queue) now") }
        if body {
            // As it is for whoever reads a pipe; a terminal is not to be commanded by it.
            let isRaw = session.terminal.columns == nil
            let bodies = messages.map {
                isRaw ? $0.messageBody : $0.messageBody.printable(keepingLines: true)
            }
            session.write(bodies.map { $0 + "\n" }.joined())
        } else {
            let report = QueueReport.messages(messages, areTaken: !delete, now: session.world.now)
            if !messages.isEmpty || form.output != .table { session.show(report, as: form.output) }
        }
        guard delete else { return }
        for message in messages {
            _ = try await peers.call(
                DeleteMessage.self,
                .with {
                    $0.queueName = queue
                    $0.receiptHandle = message.receiptHandle ?? ""
                }, on: .flowEngine)
        }
    }

    /// Asks again and again while there is time, each question waiting as long as one may.
    private func receive(_ peers: Peers) async throws(CommandFailure) -> [MessageRecord] {
        let clock = ContinuousClock()
        let limit = wait.flatMap { $0.duration ?? peers.timeout }
        let end = limit.map { clock.now + $0 }
        while true {
            var seconds: Int64?
            if wait != nil {
                let left = end.map { max(.zero, clock.now.duration(to: $0)) } ?? .seconds(Self.pollSecondsMax)
                // A part of a second counts as a whole one, so that a short limit still waits.
                seconds = min(Self.pollSecondsMax, (left.milliseconds + 999) / 1000)
            }
            let messages = try await once(peers, waiting: seconds)
            if !messages.isEmpty || wait == nil { return messages }
            if let end, clock.now >= end { return [] }
        }
    }

    private func once(_ peers: Peers, waiting seconds: Int64?) async throws(CommandFailure) -> [MessageRecord]
    {
        let answer = try await peers.call(
            ReceiveMessage.self,
            .with {
                $0.queueName = queue
                $0.waitSeconds = seconds
                $0.numOfMessages = count
                $0.visibilityTimeout = visibility?.seconds
            }, on: .flowEngine, within: .seconds(seconds ?? Self.pollSecondsMax) + Peers.answerTimeout)
        return answer.messages
    }
}
