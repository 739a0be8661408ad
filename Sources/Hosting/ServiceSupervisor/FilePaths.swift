import Glibc

/// The path from the root on, without the doubled and dotted parts; links stay as they are.
func absolutePath(_ path: String) -> String {
    var parts: [Substring] = []
    let whole = path.hasPrefix("/") ? path : workingDirectory() + "/" + path
    for part in whole.split(separator: "/") where part != "." {
        if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
}

func parentFolder(_ path: String) -> String {
    let parts = path.split(separator: "/").dropLast()
    return "/" + parts.joined(separator: "/")
}

func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

package func environmentVariable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
}

/// Makes a folder and those above it that are missing.
func makeFolder(_ path: String, mode: mode_t = 0o755) throws(SupervisorFault) {
    if isFolder(path) { return }
    let parent = parentFolder(path)
    if parent != "/" { try makeFolder(parent) }
    if mkdir(path, mode) != 0, !isFolder(path) {
        throw .folderUnusable(path: path, reason: systemReason(errno))
    }
}

/// The names in a folder, sorted, without the hidden ones; nil when it can not be read.
func entries(of folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
            tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
}

private func workingDirectory() -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4097) { buffer in
        guard let start = buffer.baseAddress, getcwd(start, 4096) != nil else { return "" }
        return String(cString: start)
    }
}
