import Glibc
import OperationPages
import Primitives

/// The services of `fnfctl up`, from the file that it keeps beside the sockets.
enum SupervisedUnits {
    /// Beside the sockets; written by `fnfctl up` and there as long as it runs.
    private static let fileName = "services.json"
    private static let fileBytesMax = 64 << 10

    /// Nil: no `fnfctl up` runs here.
    static func read(_ runtimeFolder: String) -> UnitReading? {
        let path = "\(runtimeFolder)/\(fileName)"
        guard let bytes = content(of: path) else { return nil }
        guard let services = (try? JSONParser.parse(bytes))?["services"]?.arrayValue else {
            return .unknown(reason: "The file \(path) of fnfctl up can't be read.", advice: nil)
        }
        let states = services.compactMap(state)
        let known = UnitState.services.compactMap { name in states.first { $0.name == name } }
        return .known(known)
    }

    static func state(_ service: JSONValue) -> UnitState? {
        guard let name = service["name"]?.stringValue, let word = service["state"]?.stringValue else {
            return nil
        }
        let pid = service["pid"]?.integerValue
        return UnitState(
            name: name, condition: condition(word), word: word, restarts: service["failures"]?.integerValue,
            memoryBytes: pid.flatMap(residentBytes),
            since: service["since"]?.stringValue.flatMap { Timestamp(rfc3339: $0) })
    }

    private static func condition(_ word: String) -> UnitState.Condition {
        switch word {
        case "ready": .serving
        case "listening": .sleeping
        case "starting": .starting
        case "stopping": .stopping
        case "restarting": .failed
        default: .off
        }
    }

    /// What the process holds in memory, shared pages included; nil when it has just ended.
    private static func residentBytes(_ pid: Int64) -> Int64? {
        guard let bytes = content(of: "/proc/\(pid)/statm") else { return nil }
        let fields = String(decoding: bytes, as: UTF8.self).split(separator: " ")
        guard fields.count > 1, let pages = Int64(fields[1]) else { return nil }
        return pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
    }

    private static func content(of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: fileBytesMax)
        var count = 0
        while count < bytes.count {
            let more = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if more < 0, errno == EINTR { continue }
            if more <= 0 { break }
            count += more
        }
        return Array(bytes[..<count])
    }
}
