import Glibc
package import Logging
import Synchronization

/// Where the log goes, found by looking at standard error and the environment.
package enum LoggingChoice: Sendable, Equatable {
    /// Standard error is the journal's stream.
    case journald
    /// FNF_LOG_FORMAT=json: what `fnfctl up` reads.
    case jsonLines
    /// Lines with `<N>` prefixes, for whoever collects standard error.
    case prefixedLines
    /// Standard error is a terminal.
    case terminal

    /// - Parameter standardError: tests pass another descriptor.
    package static func detect(
        environment: EnvironmentLookup = ProcessEnvironment.lookup, standardError: Int32 = 2
    ) -> LoggingChoice {
        if let stream = environment("JOURNAL_STREAM"), isStream(stream, descriptor: standardError) {
            return .journald
        }
        if environment("FNF_LOG_FORMAT") == "json" { return .jsonLines }
        return isatty(standardError) == 1 ? .terminal : .prefixedLines
    }

    /// Sets the process's logging up, once, and returns the service's logger.
    ///
    /// - Parameter service: the service's word, e.g. `flow-engine`; SYSLOG_IDENTIFIER in the journal.
    /// - Parameter level: what the configuration says; FNF_LOG_LEVEL overrides it.
    @discardableResult
    package static func bootstrap(service: String, level: Logger.Level = .info) -> Logger {
        let named = ProcessEnvironment.lookup("FNF_LOG_LEVEL")
        let chosen = named.flatMap(Logger.Level.init(rawValue:)) ?? level
        let handler = detect().handler(service: service, level: chosen)
        active.withLock { $0 = handler.writer }
        atexit { LoggingChoice.flush() }
        LoggingSystem.bootstrap(
            { _, provider in
                var handler = handler
                handler.metadataProvider = provider
                return handler
            }, metadataProvider: nil)
        let logger = Logger(label: service)
        if let named, Logger.Level(rawValue: named) == nil {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            logger.warning("FNF_LOG_LEVEL=\(named) is no level, \(chosen) is used: choose one of \(levels)")
        }
        return logger
    }

    /// Writes what is pending; also done at exit(3).
    package static func flush() {
        active.withLock { $0 }?.flush()
    }

    private static let active = Mutex<LogWriter?>(nil)

    private func handler(service: String, level: Logger.Level) -> any RecordLogHandler {
        switch self {
        case .journald: JournaldLogHandler(service: service, level: level)
        case .jsonLines:
            StderrLogHandler(
                service: service, level: level, writer: StderrLogHandler.lineWriter(as: StderrLine.json))
        case .prefixedLines:
            StderrLogHandler(
                service: service, level: level, writer: StderrLogHandler.lineWriter(as: StderrLine.prefixed))
        case .terminal:
            StderrLogHandler(
                service: service, level: level, writer: StderrLogHandler.lineWriter(as: StderrLine.human))
        }
    }

    /// Whether `DEVICE:INODE` names the descriptor's file; it does not where a shell redirected it.
    private static func isStream(_ text: String, descriptor: Int32) -> Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return false }
        return text == "\(status.st_dev):\(status.st_ino)"
    }
}
