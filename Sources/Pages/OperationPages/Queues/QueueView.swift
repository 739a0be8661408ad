import ConsoleParts
import FlowEngineAPI
import HTMLMarkup
import HTTPMessage
import Primitives
import WebPages

/// One queue and the messages that would be received next.
struct QueueView {
    let queue: QueueRecord
    /// Nil: the visitor may not see them.
    let messages: [MessageRecord]?
    let request: PageRequest

    var page: Page {
        Page(
            ConsoleFace.face, queue.queueName, section: OperationPaths.queues, events: OperationPaths.events
        ) {
            el("nav", .class("crumbs"), .aria("label", "Where this is")) {
                el("a", .href(OperationPaths.queues)) { "Queues" }
                el("span") { queue.queueName }
            }
            el("div", .class("head")) { el("h1") { queue.queueName } }
            el("div", .class("card"), .id("queue"), .data("part", "")) { about }
            el("section", .class("stack tight"), .id("messages"), .data("part", "")) {
                el("h2") { "Next messages" }
                shown
            }
            copyLine(
                ShellText.command(["fnfctl", "queue", "peek", queue.queueName, "--count", "16"]),
                request.language)
        }
    }

    private var about: HTML {
        facts([
            ("Ready", HTML(CountText.grouped(queue.activeMessages))),
            ("Being worked on", HTML(CountText.grouped(queue.inactiveMessages))),
            ("Delayed", HTML(CountText.grouped(queue.delayMessages))),
            (
                "Invisible after a receive for",
                HTML(MomentText.length(queue.visibilityTimeout, request.language))
            ),
            ("Kept for", HTML(MomentText.length(queue.messageRetentionPeriod, request.language))),
            ("Largest message", HTML(ByteText.text(queue.maximumMessageSize))),
            (
                "Dead letters",
                HTML(
                    queue.deadLetterQueue.map { "to \($0) after \(queue.maxReceiveCount ?? 0) receives" }
                        ?? "are not set aside")
            ),
        ])
    }

    private var shown: HTML {
        guard let messages else {
            return notice(.still) { el("p") { "What messages hold is shown to the role operate." } }
        }
        if messages.isEmpty {
            return el("div", .class("card")) {
                emptyState("Nothing to receive", "No message could be received now. Looking takes none.")
            }
        }
        return group {
            for message in messages {
                el("article", .class("card stack tight"), .data("message", message.messageId)) {
                    el("div", .class("row apart small muted")) {
                        el("span", .class("mono")) { message.messageId }
                        el("span") {
                            "priority \(message.priority) · received \(message.dequeueCount) times · put in "
                            moment(
                                Timestamp(rfc3339: message.enqueueTime), now: request.now, request.language)
                        }
                    }
                    jsonView(message.messageBody)
                }
            }
        }
    }
}

/// A name as a part of a path.
enum ShownName {
    static func path(_ name: String) -> String { PercentCoding.encode(name) }
}
