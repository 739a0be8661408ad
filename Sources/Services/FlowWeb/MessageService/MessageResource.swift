import HTTPMessage

/// What a path of the message service names.
enum MessageResource: Sendable, Hashable {
    case account
    case queues
    case queue(String)
    case queueMessages(String)
    case topics
    case topic(String)
    case topicMessages(String)
    case subscriptions(topic: String)
    case subscription(topic: String, name: String)

    /// Nil when there is nothing at the path. The names are decoded and not checked.
    init?(path: String) {
        var parts: [String] = []
        for part in path.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            guard let part = PercentCoding.decode(part, plusIsSpace: false) else { return nil }
            parts.append(part)
        }
        // `/queues/` is `/queues`.
        if parts.last == "" { parts.removeLast() }
        switch (parts.count, parts.first) {
        case (0, _): self = .account
        case (1, "queues"): self = .queues
        case (2, "queues"): self = .queue(parts[1])
        case (3, "queues") where parts[2] == "messages": self = .queueMessages(parts[1])
        case (1, "topics"): self = .topics
        case (2, "topics"): self = .topic(parts[1])
        case (3, "topics") where parts[2] == "messages": self = .topicMessages(parts[1])
        case (3, "topics") where parts[2] == "subscriptions": self = .subscriptions(topic: parts[1])
        case (4, "topics") where parts[2] == "subscriptions":
            self = .subscription(topic: parts[1], name: parts[3])
        default: return nil
        }
    }
}
