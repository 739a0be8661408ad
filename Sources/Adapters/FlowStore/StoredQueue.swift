package import Primitives

/// A queue as the store holds it. A queue made again under the same name is another one, with another key.
package struct StoredQueue: Sendable, Hashable {
    /// Made by the store: 1, 2, 3 … and never used twice.
    package var key: Int64 = 0
    package var name = ""
    /// How long a new message waits before anybody receives it. Units: seconds.
    package var delay: Int64 = 0
    /// Units: seconds.
    package var visibilityTimeout: Int64 = 30
    /// Units: bytes of a message's body.
    package var messageBytesMax: Int64 = 65_536
    /// Units: seconds, from when a message was sent.
    package var retention: Int64 = 345_600
    /// How long a receive waits that does not say. Units: seconds.
    package var pollingWait: Int64 = 0
    /// The name of the queue that takes what was received `receivesMax` times.
    package var deadLetterQueue: String?
    /// 0 without a dead-letter queue.
    package var receivesMax: Int64 = 0
    /// Kept for its owner; nothing follows from it.
    package var isLogged = false
    package var created = Timestamp(microseconds: 0)
    package var modified = Timestamp(microseconds: 0)
    /// Kept by the store with each change of a message; `replaceQueue` leaves them alone.
    package var counts = MessageCounts()

    package init() {}
}

/// How many messages of a queue are in each state, as they are stored: one whose time has passed counts as
/// ready only when somebody has met it.
package struct MessageCounts: Sendable, Hashable {
    package var ready: Int64 = 0
    package var delayed: Int64 = 0
    package var received: Int64 = 0

    package var total: Int64 { ready + delayed + received }

    package init(ready: Int64 = 0, delayed: Int64 = 0, received: Int64 = 0) {
        self.ready = ready
        self.delayed = delayed
        self.received = received
    }
}
