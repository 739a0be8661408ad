import Glibc
package import Logging

/// One log entry with everything that was known where it was made, ready to be written by another thread.
package struct LogRecord: Sendable {
    /// A service's reports are cut here: inputs and outputs are whole in the store.
    static let valueBytesMax = 65_536

    /// Units: seconds and nanoseconds of the wall clock.
    package var seconds: Int
    package var nanoseconds: Int
    package var level: Logger.Level
    package var service: String
    package var message: String
    package var messageID: MessageID?
    /// The metadata, sorted by key, without `messageID` where that named a kind.
    package var fields: [(key: String, value: String)]
    package var file: String
    package var function: String
    package var line: UInt

    /// - Parameter metadata: the handler's and the provider's, which the event's own overrides.
    package init(_ event: LogEvent, metadata: Logger.Metadata, service: String) {
        var all = metadata
        if let error = event.error { all["error"] = .string("\(error)") }
        if let own = event.metadata { all.merge(own) { $1 } }
        messageID = all["messageID"].flatMap { MessageID(named: $0.description) }
        if messageID != nil { all["messageID"] = nil }
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        seconds = now.tv_sec
        nanoseconds = now.tv_nsec
        level = event.level
        self.service = service
        message = event.message.description
        fields = all.map { (key: $0.key, value: $0.value.description) }.sorted { $0.key < $1.key }
        file = event.file
        function = event.function
        line = event.line
    }

    /// The syslog priority, 7 (debug) to 2 (critical).
    package var priority: Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}

extension String {
    /// The UTF-8 bytes, cut between two characters when there are more than a log entry takes.
    var loggedBytes: Substring.UTF8View {
        guard utf8.count > LogRecord.valueBytesMax else { return self[...].utf8 }
        var end = utf8.index(utf8.startIndex, offsetBy: LogRecord.valueBytesMax)
        while end > utf8.startIndex, utf8[end] & 0b1100_0000 == 0b1000_0000 { end = utf8.index(before: end) }
        return self[..<end].utf8
    }
}
