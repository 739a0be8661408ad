import Glibc

/// A log entry as one line of text, with its line break.
package enum StderrLine {
    /// A JSON object: time, priority, service, message, messageID, then the metadata under its own keys.
    package static func json(_ record: LogRecord) -> [UInt8] {
        var line = Array("{\"time\":\"\(time(record, format: "%Y-%m-%dT%H:%M:%S"))Z\"".utf8)
        line += ",\"priority\":\(record.priority)".utf8
        append("service", record.service, to: &line)
        append("message", record.message, to: &line)
        if let messageID = record.messageID { append("messageID", messageID.rawValue, to: &line) }
        for (key, value) in record.fields {
            // A second member of the same name would make the line unreadable for strict readers.
            append(reserved.contains(key) ? key + "_" : key, value, to: &line)
        }
        line += "}\n".utf8
        return line
    }

    /// `<6>flow-engine: message (execution=x, order=y)`, as journald reads it from a stream.
    package static func prefixed(_ record: LogRecord) -> [UInt8] {
        Array("<\(record.priority)>\(record.service): ".utf8) + tail(record)
    }

    /// `21:54:01.123 info flow-engine: message (execution=x, order=y)`, for a person at a terminal.
    package static func human(_ record: LogRecord) -> [UInt8] {
        Array("\(time(record, format: "%H:%M:%S")) \(record.level) \(record.service): ".utf8) + tail(record)
    }

    private static let reserved: Set = ["time", "priority", "service", "message"]

    private static func tail(_ record: LogRecord) -> [UInt8] {
        var text = record.message
        if !record.fields.isEmpty {
            text += " (" + record.fields.map { "\($0.key)=\($0.value)" }.joined(separator: ", ") + ")"
        }
        var line: [UInt8] = []
        for byte in text.loggedBytes {
            // A line break would begin an entry of its own, without priority.
            if byte == UInt8(ascii: "\n") { line += "\\n".utf8 } else { line.append(byte) }
        }
        line.append(UInt8(ascii: "\n"))
        return line
    }

    /// The time in UTC, to the millisecond.
    private static func time(_ record: LogRecord, format: String) -> String {
        var seconds = time_t(record.seconds)
        var calendar = tm()
        gmtime_r(&seconds, &calendar)
        let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            strftime(buffer.baseAddress!, buffer.count, format, &calendar)
            return String(cString: buffer.baseAddress!)
        }
        let milliseconds = "\(record.nanoseconds / 1_000_000)"
        return text + "." + String(repeating: "0", count: 3 - milliseconds.count) + milliseconds
    }

    private static func append(_ key: String, _ value: String, to line: inout [UInt8]) {
        line.append(UInt8(ascii: ","))
        appendQuoted(key.loggedBytes, to: &line)
        line.append(UInt8(ascii: ":"))
        appendQuoted(value.loggedBytes, to: &line)
    }

    private static func appendQuoted(_ text: Substring.UTF8View, to line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): line += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): line += "\\n".utf8
            case UInt8(ascii: "\t"): line += "\\t".utf8
            case 0..<0x20: line += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: line.append(byte)
            }
        }
        line.append(UInt8(ascii: "\""))
    }
}
