import CSystemd
import Glibc

/// Reads entries that services of ours wrote into the system's journal, the newest first found.
package enum JournalReader {
    package struct Entry: Sendable {
        /// Units: microseconds since 1970.
        package let time: UInt64
        package let message: String
        package let identifier: String
        package let priority: Int
        /// FNF_* fields by the key they were logged with, in small letters.
        package let fields: [String: String]
    }

    package enum Fault: Error, Sendable, Equatable, CustomStringConvertible {
        case noJournal(String)
        /// There are files of a journal, and this process may read none of them.
        case notAllowed

        package var description: String {
            switch self {
            case .noJournal(let reason): "the journal can't be opened: \(reason)"
            case .notAllowed: "the journal has no entry that this process may read"
            }
        }
    }

    /// The last entries within a time whose fields have all these values, oldest first.
    ///
    /// Blocks while it reads: not for the loop.
    /// - Parameter fields: metadata keys as they were logged, e.g. `execution`.
    /// - Parameter from: microseconds since 1970.
    package static func entries(
        matching fields: [(key: String, value: String)], from: UInt64, to: UInt64, countMax: Int
    ) throws(Fault) -> [Entry] {
        var opened: OpaquePointer?
        let result = sd_journal_open(&opened, Int32(SD_JOURNAL_LOCAL_ONLY))
        guard result >= 0, let journal = opened else {
            throw .noJournal(systemReason(-result))
        }
        defer { sd_journal_close(journal) }
        // Without a match: whether anything can be read at all.
        guard sd_journal_seek_tail(journal) >= 0, sd_journal_previous(journal) > 0 else { throw .notAllowed }
        for (key, value) in fields {
            let match = Array("\(JournalFields.name(of: key))=\(value)".utf8)
            guard sd_journal_add_match(journal, match, match.count) >= 0 else {
                throw .noJournal("a filter is not taken")
            }
        }
        guard sd_journal_seek_realtime_usec(journal, to) >= 0 else { return [] }
        var entries: [Entry] = []
        while entries.count < countMax, sd_journal_previous(journal) > 0 {
            var time: UInt64 = 0
            guard sd_journal_get_realtime_usec(journal, &time) >= 0, time >= from else { break }
            guard time <= to else { continue }
            entries.append(entry(journal, time))
        }
        return entries.reversed()
    }

    private static func entry(_ journal: OpaquePointer, _ time: UInt64) -> Entry {
        var own: [String: String] = [:]
        sd_journal_restart_data(journal)
        var data: UnsafeRawPointer?
        var length = 0
        // An entry of ours has a dozen fields; the journal's own are passed over.
        var left = 200
        while left > 0, sd_journal_enumerate_available_data(journal, &data, &length) > 0 {
            left -= 1
            guard let data, length < 16_384 else { continue }
            let text = String(
                decoding: UnsafeRawBufferPointer(start: data, count: length), as: UTF8.self)
            guard let sign = text.firstIndex(of: "="), text.hasPrefix("FNF_") else { continue }
            own[text[..<sign].dropFirst(4).lowercased()] = String(text[text.index(after: sign)...])
        }
        return Entry(
            time: time, message: field(journal, "MESSAGE") ?? "",
            identifier: field(journal, "SYSLOG_IDENTIFIER") ?? "",
            priority: field(journal, "PRIORITY").flatMap { Int($0) } ?? 6, fields: own)
    }

    private static func field(_ journal: OpaquePointer, _ name: String) -> String? {
        var data: UnsafeRawPointer?
        var length = 0
        guard sd_journal_get_data(journal, name, &data, &length) >= 0, let data else { return nil }
        let text = String(decoding: UnsafeRawBufferPointer(start: data, count: length), as: UTF8.self)
        return String(text.dropFirst(name.count + 1))
    }
}
