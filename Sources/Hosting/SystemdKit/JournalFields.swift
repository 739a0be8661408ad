import CSystemd
import Glibc

/// A log entry in the journal's form: `NAME=value` fields that lie in one piece of memory.
package struct JournalFields: Sendable {
    private var bytes: [UInt8] = []
    private var ranges: [Range<Int>] = []

    /// MESSAGE, PRIORITY, SYSLOG_IDENTIFIER, CODE_*, MESSAGE_ID and one FNF_* field for each metadata key.
    package static func encode(_ record: LogRecord) -> JournalFields {
        var fields = JournalFields()
        fields.append("MESSAGE", record.message)
        fields.append("PRIORITY", "\(record.priority)")
        fields.append("SYSLOG_IDENTIFIER", record.service)
        fields.append("CODE_FILE", record.file)
        fields.append("CODE_LINE", "\(record.line)")
        fields.append("CODE_FUNC", record.function)
        if let messageID = record.messageID { fields.append("MESSAGE_ID", messageID.rawValue) }
        for (key, value) in record.fields { fields.append(name(of: key), value) }
        return fields
    }

    /// The field of a metadata key: `execution` is FNF_EXECUTION, `a key` is FNF_A_KEY.
    ///
    /// The journal takes A-Z, 0-9 and _ and at most 64 bytes, and drops the whole entry otherwise.
    package static func name(of key: String) -> String {
        var name = "FNF_"
        for byte in key.utf8.prefix(60) {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): name.unicodeScalars.append(Unicode.Scalar(byte - 32))
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                name.unicodeScalars.append(Unicode.Scalar(byte))
            default: name += "_"
            }
        }
        return name
    }

    /// Each field as text, for tests and diagnosis.
    package var texts: [String] {
        ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    /// Hands the entry to journald. It is lost without a word when no journald runs.
    func send() {
        bytes.withUnsafeBytes { memory in
            let vectors = ranges.map { range in
                let field = UnsafeMutableRawBufferPointer(mutating: .init(rebasing: memory[range]))
                return iovec(iov_base: field.baseAddress, iov_len: field.count)
            }
            _ = sd_journal_sendv(vectors, Int32(vectors.count))
        }
    }

    private mutating func append(_ name: String, _ value: String) {
        let start = bytes.count
        bytes.append(contentsOf: name.utf8)
        bytes.append(UInt8(ascii: "="))
        bytes.append(contentsOf: value.loggedBytes)
        ranges.append(start..<bytes.count)
    }
}
