import ConsoleParts
import FlowEngineAPI
import HTMLMarkup
import Primitives
import RPCProtocol
import WebPages

/// `/console/queues`: what lies in queues, and what topics have still to push.
struct QueuesPage: Sendable {
    let services: PageServices

    /// Messages that a queue's page shows: as many as one peek gives.
    private static let peekMax: Int64 = 16
    private static let topicsMax: Int64 = 100

    var routes: [PageRoute] {
        [
            .get(OperationPaths.queues, needs: .read) { request in .page(try await list(request)) },
            .get("\(OperationPaths.queues)/{queue}", needs: .read) { request in .page(try await one(request))
            },
        ]
    }

    private func list(_ request: PageRequest) async throws -> Page {
        let (prefix, next, role) = (request.asked("prefix"), request.asked("next"), request.visitor.role)
        let listed = try await services.engine.call(
            ListQueues.self,
            .with {
                if !prefix.isEmpty { $0.prefix = prefix }
                if !next.isEmpty { $0.nextToken = next }
            }, as: role)
        let topics = try await services.engine.call(
            ListTopics.self, .with { $0.limit = Self.topicsMax }, as: role)
        let engine = try? await services.engine.call(DescribeEngine.self, .init(), as: role)
        return Page(
            ConsoleFace.face, "Queues and topics", section: OperationPaths.queues,
            events: OperationPaths.events,
            isWide: true
        ) {
            el("div", .class("head")) { el("h1") { "Queues and topics" } }
            el(
                "form", .attribute("method", "get"), .action(OperationPaths.queues), .class("filters"),
                .role("search")
            ) {
                filterText("prefix", "Queue begins with", value: prefix, isSearch: true)
                el("button", .type("submit")) { "Filter" }
            }
            queues(listed, engine, prefix, next, request)
            el("h2") { "Topics" }
            self.topics(topics, engine, request)
            copyLine(
                ShellText.command(
                    ["fnfctl", "queue", "list"] + (prefix.isEmpty ? [] : ["--prefix", prefix])),
                request.language)
        }
    }

    private func queues(
        _ listed: ListQueues.Result, _ engine: DescribeEngine.Result?, _ prefix: String, _ next: String,
        _ request: PageRequest
    ) -> HTML {
        let oldest = Dictionary(
            (engine?.queues ?? []).map { ($0.queueName, $0.oldestTime) }, uniquingKeysWith: { one, _ in one })
        let onward = { (next: String?) in
            ConsolePaths.with(OperationPaths.queues, [("prefix", prefix), ("next", next)])
        }
        return el("div", .class("card flush"), .id("queues"), .data("part", "")) {
            if listed.queues.isEmpty {
                emptyState(
                    prefix.isEmpty ? "No queue yet" : "Nothing fits",
                    prefix.isEmpty
                        ? "Flows put messages into queues, and programs take them out."
                        : "No queue begins with \(prefix).")
            } else {
                ListTable(
                    caption: "Queues",
                    columns: [
                        .init("Queue"), .init("Ready", isEnd: true), .init("Being worked on", isEnd: true),
                        .init("Delayed", isEnd: true), .init("Oldest"), .init("Dead letters go to"),
                    ]
                ).markup(
                    listed.queues.map { queue in
                        [
                            el("a", .data("open", ""), .href(place(of: queue.queueName))) { queue.queueName },
                            depth(queue.activeMessages), depth(queue.inactiveMessages),
                            depth(queue.delayMessages),
                            moment(
                                (oldest[queue.queueName] ?? nil).flatMap { Timestamp(rfc3339: $0) },
                                now: request.now, request.language),
                            queue.deadLetterQueue.map { name in
                                group {
                                    el("a", .href(place(of: name))) { name }
                                    el("span", .class("small muted")) {
                                        " after \(queue.maxReceiveCount ?? 0) receives"
                                    }
                                }
                            } ?? el("span", .class("muted")) { "–" },
                        ]
                    })
            }
            pageLinks(first: next.isEmpty ? nil : onward(nil), next: listed.nextToken.map { onward($0) })
        }
    }

    private func topics(
        _ listed: ListTopics.Result, _ engine: DescribeEngine.Result?, _ request: PageRequest
    ) -> HTML {
        let backlog = Dictionary(grouping: engine?.topics ?? [], by: \.topicName)
        return el("div", .class("card flush"), .id("topics"), .data("part", "")) {
            if listed.topics.isEmpty {
                emptyState("No topic yet", "A topic passes each of its messages on to all who subscribed.")
            } else {
                ListTable(
                    caption: "Topics",
                    columns: [.init("Topic"), .init("On their way", isEnd: true), .init("To"), .init("Made")]
                ).markup(
                    listed.topics.map { topic in
                        [
                            el("strong") { topic.topicName }, depth(topic.messageCount),
                            pushes(backlog[topic.topicName] ?? []),
                            moment(Timestamp(rfc3339: topic.createTime), now: request.now, request.language),
                        ]
                    })
            }
            if listed.nextToken != nil {
                el("p", .class("small muted inset")) {
                    "These are the first \(Self.topicsMax); fnfctl topic list --all shows all."
                }
            }
        }
    }

    private func pushes(_ backlog: [TopicBacklog]) -> HTML {
        if backlog.isEmpty { return el("span", .class("muted")) { "–" } }
        return el("div", .class("stands")) {
            for one in backlog {
                el("div") {
                    el("strong") { one.subscriptionName ?? "a binding" }
                    el("span", .class("small muted")) { " \(CountText.of(one.pendingPushes, "message"))" }
                    if let time = one.nextTime {
                        el("span", .class("small muted")) {
                            ", next try in "
                            el("span", .data("deadline", time)) { time }
                        }
                    }
                }
            }
        }
    }

    private func depth(_ count: Int64) -> HTML {
        count == 0 ? el("span", .class("muted")) { "0" } : el("strong") { CountText.grouped(count) }
    }

    private func place(of queue: String) -> String { "\(OperationPaths.queues)/\(ShownName.path(queue))" }

    private func one(_ request: PageRequest) async throws -> Page {
        let name = request["queue"]
        let queue = try await services.engine.call(
            DescribeQueue.self, .with { $0.queueName = name }, as: request.visitor.role)
        var messages: [MessageRecord]?
        if request.visitor.may(.operate) {
            messages = try await services.engine.call(
                PeekMessage.self,
                .with {
                    $0.queueName = name
                    $0.numOfMessages = Self.peekMax
                }, as: request.visitor.role
            ).messages
        }
        return QueueView(queue: queue, messages: messages, request: request).page
    }
}
