import FlowEngineAPI
import Primitives
import RPCProtocol

/// How queues and messages are shown.
enum QueueReport {
    static func list(_ queues: [QueueRecord]) -> Report {
        let rows = queues.map { queue -> [Cell] in
            [
                Cell(queue.queueName), Cell("\(queue.activeMessages)"), Cell("\(queue.inactiveMessages)"),
                Cell("\(queue.delayMessages)"), Cell(queue.deadLetterQueue ?? ""),
            ]
        }
        let table = Table(
            columns: [
                "Name", .init("Ready", isNumber: true), .init("Received", isNumber: true),
                .init("Delayed", isNumber: true), "Dead letters",
            ], rows: rows, empty: "no queue; fnfctl queue create NAME makes one")
        return Report(
            json: ["Queues": .array(queues.map(\.wire))], names: queues.map(\.queueName),
            blocks: [.table(table)])
    }

    static func one(_ queue: QueueRecord, now: Timestamp) -> Report {
        var fields: [Report.Field] = [
            .init("Name", queue.queueName),
            .init(
                "Messages",
                "\(queue.activeMessages) ready, \(queue.inactiveMessages) received, "
                    + "\(queue.delayMessages) delayed"),
            .init("Visibility timeout", TimeText.length(queue.visibilityTimeout)),
            .init("Delay", TimeText.length(queue.delaySeconds)),
            .init("Retention", TimeText.length(queue.messageRetentionPeriod)),
            .init("Polling wait", TimeText.length(queue.pollingWaitSeconds)),
            .init("Largest body", "\(queue.maximumMessageSize) bytes"),
        ]
        if let dead = queue.deadLetterQueue {
            fields.append(.init("Dead letters", "to \(dead) after \(queue.maxReceiveCount ?? 0) receives"))
        }
        fields.append(.init("Created", TimeText.full(queue.createTime, now: now)))
        if queue.lastModifyTime != queue.createTime {
            fields.append(.init("Changed", TimeText.full(queue.lastModifyTime, now: now)))
        }
        return Report(json: queue.wire, names: [queue.queueName], blocks: [.fields(fields)])
    }

    /// - Parameter areTaken: their names are then the handles, which the next command takes.
    static func messages(_ messages: [MessageRecord], areTaken: Bool, now: Timestamp) -> Report {
        var blocks: [Report.Block] = []
        for message in messages {
            if !blocks.isEmpty { blocks.append(.text("")) }
            blocks.append(.fields(fields(message, areTaken: areTaken, now: now)))
        }
        return Report(
            json: ["Messages": .array(messages.map(\.wire))],
            names: messages.map { areTaken ? $0.receiptHandle ?? "" : $0.messageId }, blocks: blocks)
    }

    private static func fields(_ message: MessageRecord, areTaken: Bool, now: Timestamp) -> [Report.Field] {
        var fields: [Report.Field] = [.init("Message", message.messageId)]
        if areTaken, let handle = message.receiptHandle {
            fields.append(.init("Handle", handle))
            fields.append(.init("Yours until", TimeText.full(message.nextVisibleTime, now: now)))
        }
        fields.append(.init("Priority", "\(message.priority)"))
        fields.append(.init("Sent", TimeText.full(message.enqueueTime, now: now)))
        if let first = message.firstDequeueTime {
            let times = message.dequeueCount == 1 ? "once" : "\(message.dequeueCount) times"
            fields.append(.init("Received", "\(times), first \(TimeText.full(first, now: now))"))
        }
        fields.append(.init("Body", message.messageBody))
        return fields
    }
}
