import FlowEngineAPI
import Primitives
import RPCProtocol

/// How topics and subscriptions are shown.
enum TopicReport {
    static func list(_ topics: [TopicRecord]) -> Report {
        let rows = topics.map { topic -> [Cell] in
            [
                Cell(topic.topicName), Cell("\(topic.messageCount)"),
                Cell(TimeText.length(topic.messageRetentionPeriod)),
            ]
        }
        let table = Table(
            columns: ["Name", .init("On their way", isNumber: true), "Retention"], rows: rows,
            empty: "no topic; fnfctl topic create NAME makes one")
        return Report(
            json: ["Topics": .array(topics.map(\.wire))], names: topics.map(\.topicName),
            blocks: [.table(table)])
    }

    /// - Parameter subscriptions: nil when they were not asked for.
    static func one(_ topic: TopicRecord, _ subscriptions: [SubscriptionRecord]?, now: Timestamp) -> Report {
        var fields: [Report.Field] = [
            .init("Name", topic.topicName), .init("On their way", "\(topic.messageCount) messages"),
            .init("Retention", TimeText.length(topic.messageRetentionPeriod)),
            .init("Largest body", "\(topic.maximumMessageSize) bytes"),
            .init("Logging", topic.loggingEnabled ? "enabled" : "disabled"),
            .init("Created", TimeText.full(topic.createTime, now: now)),
        ]
        if topic.lastModifyTime != topic.createTime {
            fields.append(.init("Changed", TimeText.full(topic.lastModifyTime, now: now)))
        }
        guard let subscriptions else {
            return Report(json: topic.wire, names: [topic.topicName], blocks: [.fields(fields)])
        }
        var json = topic.wire.objectValue ?? [:]
        json["Subscriptions"] = .array(subscriptions.map(\.wire))
        return Report(
            json: .object(json), names: [topic.topicName],
            blocks: [.fields(fields), .text(""), .table(table(subscriptions, now: now))])
    }

    static func subscriptions(_ subscriptions: [SubscriptionRecord], now: Timestamp) -> Report {
        Report(
            json: ["Subscriptions": .array(subscriptions.map(\.wire))],
            names: subscriptions.map(\.subscriptionName), blocks: [.table(table(subscriptions, now: now))])
    }

    private static func table(_ subscriptions: [SubscriptionRecord], now: Timestamp) -> Table {
        let rows = subscriptions.map { subscription -> [Cell] in
            [
                Cell(subscription.subscriptionName), Cell(subscription.endpoint),
                Cell(subscription.filterTag ?? ""), Cell("\(subscription.pendingMessages)"),
                Cell("\(subscription.droppedMessages)"), Cell(subscription.lastFailure ?? ""),
            ]
        }
        return Table(
            columns: [
                "Subscription", "Endpoint", "Tag", .init("Pending", isNumber: true),
                .init("Dropped", isNumber: true), "Last failure",
            ], rows: rows, empty: "no subscription; fnfctl topic subscribe TOPIC NAME ENDPOINT makes one")
    }

    static func subscription(_ subscription: SubscriptionRecord, now: Timestamp) -> Report {
        var fields: [Report.Field] = [
            .init("Topic", subscription.topicName), .init("Name", subscription.subscriptionName),
            .init("Endpoint", subscription.endpoint), .init("Format", subscription.notifyContentFormat),
            .init("Retry", subscription.notifyStrategy),
        ]
        if let tag = subscription.filterTag { fields.append(.init("Only tag", tag)) }
        fields.append(.init("Pending", "\(subscription.pendingMessages) messages"))
        if subscription.droppedMessages > 0 {
            fields.append(.init("Dropped", "\(subscription.droppedMessages) messages"))
        }
        if let failure = subscription.lastFailure {
            fields.append(
                .init("Last failure", "\(TimeText.full(subscription.lastFailureTime, now: now)): \(failure)"))
        }
        fields.append(.init("Created", TimeText.full(subscription.createTime, now: now)))
        return Report(
            json: subscription.wire, names: [subscription.subscriptionName], blocks: [.fields(fields)])
    }
}
