import Logging
import Synchronization

/// Keeps what is logged.
final class TestJournal: Sendable {
    struct Line: Sendable {
        let level: Logger.Level
        let metadata: [String: String]
    }

    private let kept = Mutex<[Line]>([])

    /// Lines of one kind, for one order.
    func lines(_ messageID: String, _ orderNum: String) -> [Line] {
        kept.withLock {
            $0.filter { $0.metadata["messageID"] == messageID && $0.metadata["order"] == orderNum }
        }
    }

    var logger: Logger { Logger(label: "test") { _ in Handler(journal: self) } }

    private struct Handler: LogHandler {
        let journal: TestJournal
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        init(journal: TestJournal) { self.journal = journal }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let line = Line(level: event.level, metadata: (event.metadata ?? [:]).mapValues { "\($0)" })
            journal.kept.withLock { $0.append(line) }
        }
    }
}
