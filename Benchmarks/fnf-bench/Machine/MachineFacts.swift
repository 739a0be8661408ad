import BenchReport
import Glibc

/// What the figures were measured on.
struct MachineFacts: Sendable {
    let rows: [(name: String, value: String)]

    /// - Parameter folder: where the databases lie; its disk is named.
    static func read(for folder: String) -> MachineFacts {
        MachineFacts(rows: [
            ("cpu", cpu),
            ("cores", "\(sysconf(Int32(_SC_NPROCESSORS_ONLN)))"),
            ("memory", memory),
            ("kernel", SmallFile.text("/proc/sys/kernel/osrelease").map(firstLine) ?? "unknown"),
            ("disk", disk(of: folder)),
            ("swift", swift),
            ("build", build),
        ])
    }

    private static var cpu: String {
        let lines = (SmallFile.text("/proc/cpuinfo") ?? "").split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix("model name") }) else { return "unknown" }
        return String(line.drop { $0 != ":" }.dropFirst(2))
    }

    private static var memory: String {
        let mebibytes =
            Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_048_576
        return "\((mebibytes / 1024).fixed(1)) GiB"
    }

    /// The mount whose path is the longest beginning of the folder's.
    private static func disk(of folder: String) -> String {
        var best = (length: 0, text: "unknown")
        for line in (SmallFile.text("/proc/self/mountinfo") ?? "").split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 6, let dash = words.firstIndex(of: "-"), dash + 2 < words.count else {
                continue
            }
            let point = words[4]
            let isAbove = point == "/" || folder == point || folder.hasPrefix("\(point)/")
            guard isAbove, point.count >= best.length else { continue }
            best = (point.count, "\(words[dash + 1]) on \(words[dash + 2])")
        }
        return best.text
    }

    private static var swift: String {
        guard let stream = popen("swift --version 2>/dev/null", "r") else { return "unknown" }
        defer { pclose(stream) }
        var line = [CChar](repeating: 0, count: 512)
        guard fgets(&line, 512, stream) != nil else { return "6.2 or later" }
        return firstLine(
            String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
    }

    private static var build: String {
        #if DEBUG
            "debug: not what is installed, figures only for comparing"
        #else
            "release"
        #endif
    }

    private static func firstLine(_ text: String) -> String { String(text.prefix { $0 != "\n" }) }
}
