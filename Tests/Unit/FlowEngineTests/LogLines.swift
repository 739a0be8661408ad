import Logging
import Synchronization

/// What the engine logged.
final class LogLines: Sendable {
    struct Line: Sendable {
        let level: Logger.Level
        let text: String
        let metadata: [String: String]
    }

    private let lines = Mutex<[Line]>([])

    var all: [Line] { lines.withLock { $0 } }

    func lines(of kind: String) -> [Line] { all.filter { $0.metadata["messageID"] == kind } }

    var handler: any LogHandler { Handler(lines: self) }

    private struct Handler: LogHandler {
        let lines: LogLines
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]

        init(lines: LogLines) { self.lines = lines }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let metadata = (event.metadata ?? [:]).mapValues { "\($0)" }
            lines.lines.withLock {
                $0.append(Line(level: event.level, text: "\(event.message)", metadata: metadata))
            }
        }
    }
}
