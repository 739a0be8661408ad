import Glibc

/// What the kernel tells of a process in /proc.
struct ProcessFacts: Sendable {
    let pid: Int32

    static var own: ProcessFacts { ProcessFacts(pid: getpid()) }

    /// User and system time of all its threads, those that have ended too.
    var cpuSeconds: Double {
        // The program's name may hold blanks and ends with the last parenthesis; utime is the 14th field.
        guard let text = SmallFile.text("/proc/\(pid)/stat"), let name = text.lastIndex(of: ")") else {
            return 0
        }
        let fields = text[name...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else {
            return 0
        }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    var residentMiB: Double { (number("VmRSS", in: "status") ?? 0) / 1024 }

    var isTraced: Bool { (number("TracerPid", in: "status") ?? 0) > 0 }

    /// How often its threads were put on a processor, so far.
    var contextSwitches: Double {
        FolderTree.names(in: "/proc/\(pid)/task").reduce(0) { sum, thread in
            let file = "task/\(thread)/status"
            return sum + (number("voluntary_ctxt_switches", in: file) ?? 0)
                + (number("nonvoluntary_ctxt_switches", in: file) ?? 0)
        }
    }

    private func number(_ name: String, in file: String) -> Double? {
        guard let text = SmallFile.text("/proc/\(pid)/\(file)") else { return nil }
        for line in text.split(separator: "\n") where line.hasPrefix("\(name):") {
            return Double(line.split { $0 == ":" || $0 == "\t" || $0 == " " }.dropFirst().first ?? "")
        }
        return nil
    }
}
