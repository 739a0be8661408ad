package import Primitives

package enum MessageState: Int64, Sendable, Hashable {
    /// Can be received.
    case ready = 0
    /// Was never received and may not be before `visible`. Can become: ready, when somebody meets it then.
    case delayed = 1
    /// Somebody has it until `visible`. Can become: ready, when somebody meets it then; or it is removed.
    case received = 2
}

/// A message in a queue, without its body: the body never changes, and may be large.
package struct StoredMessage: Sendable, Hashable {
    /// Made by the store; grows in the order in which messages are put in, over all queues.
    package var key: Int64 = 0
    package var queue: Int64 = 0
    /// The published id.
    package var id = ""
    /// 1 to 16; 1 is served first.
    package var priority: Int64 = 8
    package var state = MessageState.ready
    /// When it came into this queue.
    package var enqueued = Timestamp(microseconds: 0)
    /// From when on it can be received.
    package var visible = Timestamp(microseconds: 0)
    package var firstReceived: Timestamp?
    /// How often it was received in this queue.
    package var receives: Int64 = 0
    /// The chance in the handle that is good now; 0 when none is.
    package var receipt: Int64 = 0

    package init() {}
}

/// What a call under an idempotency key was answered with.
package struct KeyedAnswer: Sendable, Hashable {
    package var queue: Int64
    package var key: String
    /// Of what was asked.
    package var digest: String
    package var answer: String
    package var time: Timestamp

    package init(queue: Int64, key: String, digest: String, answer: String, time: Timestamp) {
        self.queue = queue
        self.key = key
        self.digest = digest
        self.answer = answer
        self.time = time
    }
}
