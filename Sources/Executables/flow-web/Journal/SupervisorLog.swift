import ExecutionPages
import Glibc
import Primitives
import ServiceKit
import SystemdKit

/// The log file of `fnfctl up`, in which each line is a JSON object.
enum SupervisorLog {
    /// From the end of the file: more would hold the page up.
    private static let bytesMax = 8 << 20

    /// Nil when this process is not run by `fnfctl up`.
    static func path(_ environment: EnvironmentLookup) -> String? {
        guard environment("FNF_LOG_FORMAT") == "json", let sockets = environment("FNF_RUNTIME_DIR") else {
            return nil
        }
        let path = "\(sockets)/../log/fnf.jsonl"
        return access(path, R_OK) == 0 ? path : nil
    }

    static func lines(of question: JournalQuestion, in path: String) -> JournalReading {
        guard let bytes = end(of: path) else {
            return .unreadable(
                "The log file \(path) can't be read.",
                advice: "It is written by fnfctl up; look at its rights.")
        }
        let name = Array(JSONValue.string(question.execution).text.utf8)
        var lines: [JournalLine] = []
        for range in ranges(of: name, in: bytes).reversed() {
            guard lines.count < JournalQuestion.linesMax else { break }
            guard let fields = (try? JSONParser.parse(Array(bytes[range])))?.objectValue,
                let found = self.line(fields, question)
            else { continue }
            lines.append(found)
        }
        return .lines(lines.reversed())
    }

    /// The lines that hold the text, in their order.
    private static func ranges(of text: [UInt8], in bytes: [UInt8]) -> [Range<Int>] {
        let end = UInt8(ascii: "\n")
        var found: [Range<Int>] = []
        bytes.withUnsafeBytes { all in
            var place = 0
            while let at = ByteSearch.first(text, in: all, from: place) {
                let start = all[..<at].lastIndex(of: end).map { $0 + 1 } ?? 0
                let stop = all[at...].firstIndex(of: end) ?? all.count
                found.append(start..<stop)
                place = min(stop + 1, all.count)
            }
        }
        return found
    }

    private static func line(_ fields: JSONObject, _ question: JournalQuestion) -> JournalLine? {
        guard fields["execution"]?.stringValue == question.execution,
            fields["flow"].map({ $0.stringValue == question.flow }) ?? true,
            let time = fields["time"]?.stringValue.flatMap(Timestamp.init(rfc3339:)),
            time >= question.from, time <= question.to
        else { return nil }
        let known = ["time", "priority", "service", "message"]
        let rest = fields.filter { !known.contains($0.key) }
        return JournalLine(
            time: time, service: fields["service"]?.stringValue ?? "",
            priority: Int(fields["priority"]?.integerValue ?? 6),
            message: fields["message"]?.stringValue ?? "",
            fields: Dictionary(rest.map { ($0.key, $0.value.stringValue ?? $0.value.text) }) { $1 })
    }

    private static func end(of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let size = Int(lseek(descriptor, 0, SEEK_END))
        var left = min(max(size, 0), bytesMax)
        lseek(descriptor, off_t(size - left), SEEK_SET)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(left)
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while left > 0 {
            let count = read(descriptor, &buffer, min(buffer.count, left))
            guard count > 0 else { break }
            bytes += buffer[..<count]
            left -= count
        }
        return bytes
    }
}
