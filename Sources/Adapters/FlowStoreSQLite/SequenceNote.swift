import FlowStore
import Glibc
import Synchronization

/// The small file beside the database that says which sequence was on disk: a start that finds fewer rows
/// knows that some are lost.
///
/// Shape: one line, `fnf-sequence 1 IDENTITY SEQUENCE CHECKSUM`. Written in place and never synced: it says
/// nothing that was not true when it was written.
final class SequenceNote: Sendable {
    let path: String
    private let identity: String
    private let descriptor = Mutex<Int32>(-1)

    init(database path: String, identity: String) {
        self.path = path + "-sequence"
        self.identity = identity
    }

    deinit { close() }

    func close() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { Glibc.close(descriptor) }
            descriptor = -1
        }
    }

    func write(_ sequence: Int64) {
        let digits = String(sequence)
        let padded = String(repeating: "0", count: max(0, 19 - digits.utf8.count)) + digits
        let line = Self.line(identity, padded)
        descriptor.withLock { descriptor in
            if descriptor < 0 { descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600) }
            guard descriptor >= 0 else { return }
            _ = line.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        }
    }

    private static func line(_ identity: String, _ sequence: String) -> [UInt8] {
        let text = "fnf-sequence 1 \(identity) \(sequence)"
        let sum = JournalRow(sequence: 0, execution: 0, previous: 0, kind: .inner, body: Array(text.utf8))
            .checksum
        return Array("\(text) \(UInt32(bitPattern: Int32(sum)))\n".utf8)
    }

    /// Nil: there is no note, or it is torn, or it is of another database.
    func read() -> Int64? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { Glibc.close(file) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = pread(file, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        let line = bytes.prefix(count).prefix { $0 != UInt8(ascii: "\n") }
        let words = String(decoding: line, as: UTF8.self).split(separator: " ").map(String.init)
        guard words.count == 5, words[2] == identity, let sequence = Int64(words[3]),
            Self.line(identity, words[3]).dropLast().elementsEqual(line)
        else { return nil }
        return sequence
    }
}
