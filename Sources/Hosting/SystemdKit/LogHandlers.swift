package import Logging

/// Entries to the journal with structured fields, by journald's own protocol.
package struct JournaldLogHandler: RecordLogHandler {
    package let service: String
    package let writer: LogWriter
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?

    package init(service: String, level: Logger.Level, writer: LogWriter = journalWriter()) {
        self.service = service
        self.writer = writer
        logLevel = level
    }

    package static func journalWriter() -> LogWriter {
        LogWriter { JournalFields.encode($0).send() }
    }
}

/// Entries as lines on standard error, each whole in one write.
package struct StderrLogHandler: RecordLogHandler {
    package let service: String
    package let writer: LogWriter
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?

    package init(service: String, level: Logger.Level, writer: LogWriter) {
        self.service = service
        self.writer = writer
        logLevel = level
    }

    package static func lineWriter(
        to descriptor: Int32 = 2, as line: @escaping @Sendable (LogRecord) -> [UInt8]
    ) -> LogWriter {
        LogWriter.ofBatches { records in
            var lines: [UInt8] = []
            for record in records {
                let next = line(record)
                if !lines.isEmpty, lines.count + next.count > linesBytesMax {
                    writeWhole(lines, to: descriptor)
                    lines.removeAll(keepingCapacity: true)
                }
                lines += next
            }
            writeWhole(lines, to: descriptor)
        }
    }

    /// What a pipe takes as a whole, also where others write to it (PIPE_BUF). Units: bytes.
    private static let linesBytesMax = 4096
}

/// What the handlers have in common: an event becomes a record and goes to the writer.
package protocol RecordLogHandler: LogHandler {
    var service: String { get }
    var writer: LogWriter { get }
}

extension RecordLogHandler {
    package func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        writer.write(LogRecord(event, metadata: all, service: service))
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
}
