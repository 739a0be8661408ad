package import Primitives

/// A topic as the store holds it. A topic made again under the same name is another one, with another key.
package struct StoredTopic: Sendable, Hashable {
    /// Made by the store: 1, 2, 3 … and never used twice.
    package var key: Int64 = 0
    package var name = ""
    /// Units: bytes of a message's body.
    package var messageBytesMax: Int64 = 65_536
    /// How long a message is tried. Units: seconds.
    package var retention: Int64 = 86_400
    package var isLogged = false
    package var created = Timestamp(microseconds: 0)
    package var modified = Timestamp(microseconds: 0)
    /// Messages that some subscription does not have yet. Kept by the store; `replaceTopic` leaves it alone.
    package var messages: Int64 = 0

    package init() {}
}

/// What is done when a push is not taken. Source: MNS 2015-06-06.
package enum NotifyStrategy: String, Sendable, Hashable, CaseIterable {
    /// A few more tries in quick succession.
    case backoff = "BACKOFF_RETRY"
    /// For a day, at growing distances.
    case exponential = "EXPONENTIAL_DECAY_RETRY"
}

/// How a message is wrapped for a subscription. Source: MNS 2015-06-06.
package enum NotifyContentFormat: String, Sendable, Hashable, CaseIterable {
    case xml = "XML"
    case json = "JSON"
    /// The body as it was published.
    case simplified = "SIMPLIFIED"
}

/// Where the messages of a topic go: the subscriptions that somebody made, and, under topic 0 with the
/// topic's name for its own, what goes to the binding of `resources.d` for it.
package struct StoredSubscription: Sendable, Hashable {
    /// Made by the store: 1, 2, 3 … and never used twice.
    package var key: Int64 = 0
    /// 0: what goes to a binding.
    package var topic: Int64 = 0
    package var topicName = ""
    package var name = ""
    /// As it was given; empty for a binding.
    package var endpoint = ""
    package var strategy = NotifyStrategy.backoff
    package var format = NotifyContentFormat.xml
    package var filterTag: String?
    package var created = Timestamp(microseconds: 0)
    package var modified = Timestamp(microseconds: 0)
    /// Messages that were given up.
    package var dropped: Int64 = 0
    package var lastFailure: String?
    package var lastFailureTime: Timestamp?
    /// Pushes that wait. Kept by the store; `replaceSubscription` leaves it alone.
    package var pending: Int64 = 0

    package init() {}
}
