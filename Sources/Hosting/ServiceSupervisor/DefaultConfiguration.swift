import Glibc

/// The configuration that comes with fnf, and copying it into a folder of one's own.
enum DefaultConfiguration {
    /// In this order: `share/fnf/defaults` of the program's prefix, as `make install` puts it; `etc/` of the
    /// repository when the program lies in its `.build`; `/etc/fnf`.
    static func find(for program: String) throws(SupervisorFault) -> String {
        let folders = candidates(for: program)
        for folder in folders where isFolder(folder) { return folder }
        throw .defaultsMissing(lookedIn: folders)
    }

    static func candidates(for program: String) -> [String] {
        let here = parentFolder(program)
        var folders = ["\(parentFolder(here))/share/fnf/defaults"]
        // <prefix>/libexec/fnf/fnfctl
        folders.append("\(parentFolder(parentFolder(here)))/share/fnf/defaults")
        if let build = program.range(ofPart: "/.build/") { folders.append("\(program[..<build])/etc") }
        return folders + ["/etc/fnf"]
    }

    /// Copies the YAML files and folders; it appears whole or not at all.
    static func copy(from source: String, to target: String) throws(SupervisorFault) {
        let partial = "\(target).partial"
        try copyFolder(source, partial)
        guard rename(partial, target) == 0 else {
            throw .configurationUnusable(path: target, reason: systemReason(errno))
        }
    }

    private static func copyFolder(_ source: String, _ target: String) throws(SupervisorFault) {
        guard let names = entries(of: source) else {
            throw .configurationUnusable(path: source, reason: systemReason(errno))
        }
        try makeFolder(target)
        for name in names {
            if isFolder("\(source)/\(name)") {
                try copyFolder("\(source)/\(name)", "\(target)/\(name)")
            } else if name.hasSuffix(".yaml") {
                try copyFile("\(source)/\(name)", "\(target)/\(name)")
            }
        }
    }

    private static func copyFile(_ source: String, _ target: String) throws(SupervisorFault) {
        let input = open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw .configurationUnusable(path: source, reason: systemReason(errno)) }
        defer { close(input) }
        let output = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard output >= 0 else { throw .configurationUnusable(path: target, reason: systemReason(errno)) }
        defer { close(output) }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(input, &buffer, buffer.count)
            if count == 0 { return }
            guard count > 0, write(output, buffer, count) == count else {
                throw .configurationUnusable(path: count > 0 ? target : source, reason: systemReason(errno))
            }
        }
    }
}

extension String {
    /// Where the first such part begins.
    fileprivate func range(ofPart part: String) -> String.Index? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(part) { return start }
            start = index(after: start)
        }
        return nil
    }
}
