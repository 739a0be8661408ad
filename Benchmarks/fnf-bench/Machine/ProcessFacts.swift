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

    /// What all processors have worked since the machine started; their sleep is left out.
    static var machineCPUSeconds: Double {
        // cpu user nice system idle iowait irq softirq steal …
        let line = (SmallFile.text("/proc/stat") ?? "").prefix { $0 != "\n" }
        let ticks = line.split(separator: " ").dropFirst().compactMap { Double($0) }
        guard ticks.count >= 7 else { return 0 }
        return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// All of it that is in memory, its code too, which is shared with the page cache.
    var residentMiB: Double { (number("VmRSS", in: "status") ?? 0) / 1024 }
    /// What it has written there: heap and stacks.
    var ownMiB: Double { (number("RssAnon", in: "status") ?? 0) / 1024 }

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
