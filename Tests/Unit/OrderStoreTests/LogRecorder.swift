import Logging
import Synchronization

/// Keeps what a service logs.
final class LogRecorder: Sendable {
    private let lines = Mutex<[(level: Logger.Level, text: String, metadata: Logger.Metadata)]>([])

    var logger: Logger {
        var logger = Logger(label: "order-store") { _ in Handler(recorder: self) }
        logger.logLevel = .info
        return logger
    }

    /// The kinds of the lines about one order, in order: `orderSubmitted`, `orderClosed`, …
    func kinds(of order: String) -> [String] {
        lines.withLock { lines in
            lines.filter { $0.metadata["order"] == "\(order)" }.compactMap {
                $0.metadata["messageID"]?.description
            }
        }
    }

    func metadata(ofKind kind: String) -> Logger.Metadata? {
        lines.withLock { lines in lines.first { $0.metadata["messageID"] == "\(kind)" }?.metadata }
    }

    func texts(_ level: Logger.Level) -> [String] {
        lines.withLock { lines in lines.filter { $0.level == level }.map(\.text) }
    }

    private struct Handler: LogHandler {
        let recorder: LogRecorder
        var logLevel = Logger.Level.info
        var metadata: Logger.Metadata = [:]

        func log(event: LogEvent) {
            recorder.lines.withLock { lines in
                lines.append((event.level, event.message.description, event.metadata ?? [:]))
            }
        }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
    }
}
