import Primitives

/// Times as the message service writes them: numbers since 1970.
enum MessageTime {
    /// Of queues, topics and subscriptions. 0 for none.
    static func seconds(_ text: String?) -> String { "\(microseconds(text) / 1_000_000)" }

    /// Of messages. 0 for none.
    static func milliseconds(_ text: String?) -> String { "\(microseconds(text) / 1000)" }

    private static func microseconds(_ text: String?) -> Int64 {
        text.flatMap(Timestamp.init(rfc3339:))?.microseconds ?? 0
    }
}
