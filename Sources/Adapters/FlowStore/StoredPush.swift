package import Primitives

/// A message of a topic, kept as long as a push of it waits.
package struct PublishedMessage: Sendable, Hashable {
    package var key: Int64 = 0
    /// 0 when the topic is there by a binding only.
    package var topic: Int64 = 0
    /// The published id.
    package var id = ""
    package var tag: String?
    package var body = ""
    package var published = Timestamp(microseconds: 0)
    /// From when on it is tried no more.
    package var expires = Timestamp(microseconds: 0)

    package init() {}
}

/// A message on its way to one subscription; removed when it is there, or given up.
package struct StoredPush: Sendable, Hashable {
    /// Made by the store; grows in the order in which messages are published.
    package var key: Int64 = 0
    package var message: Int64 = 0
    package var subscription: Int64 = 0
    /// Tries that failed.
    package var failures: Int64 = 0
    /// When it is tried next.
    package var next = Timestamp(microseconds: 0)

    package init() {}
}

/// A subscription that some messages have not reached.
package struct PushBacklog: Sendable, Hashable {
    package var subscription: Int64
    package var count: Int64
    package var next: Timestamp

    package init(subscription: Int64, count: Int64, next: Timestamp) {
        self.subscription = subscription
        self.count = count
        self.next = next
    }
}
