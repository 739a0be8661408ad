package import Glibc

/// A folder of one test. Its path is short, because the paths of Unix sockets must be.
package struct TemporaryFolder: Sendable {
    package let path: String

    package init() throws(TestHostFault) {
        var template = Array("/tmp/fnf-XXXXXX".utf8) + [0]
        let made = template.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { mkdtemp($0.assumingMemoryBound(to: CChar.self)) != nil } ?? false
        }
        guard made else { throw .systemCall("mkdtemp /tmp/fnf-XXXXXX", errno: errno) }
        path = String(decoding: template.dropLast(), as: UTF8.self)
    }

    /// Takes away the folder and all that is in it; FNF_TEST_KEEP=1 keeps it to be looked at.
    package func remove() {
        if getenv("FNF_TEST_KEEP") == nil { Files.removeTree(path) }
    }
}

/// Reading and writing small files.
package enum Files {
    package static func text(_ path: String) -> String? {
        bytes(path).map { String(decoding: $0, as: UTF8.self) }
    }

    package static func bytes(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = read(descriptor, &buffer, buffer.count), count > 0 { all += buffer[..<count] }
        return all
    }

    /// Replaces the file's content.
    package static func put(_ text: String, _ path: String, mode: mode_t = 0o644) throws(TestHostFault) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw .systemCall("open \(path)", errno: errno) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else {
            throw .systemCall("write \(path)", errno: errno)
        }
    }

    package static func makeFolder(_ path: String) throws(TestHostFault) {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
            throw .systemCall("mkdir \(path)", errno: errno)
        }
    }

    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// What is in the folder, in no order; empty when it can't be read.
    package static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                    tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names.filter { $0 != "." && $0 != ".." }
    }

    package static func removeTree(_ path: String) {
        // A test may have taken its own rights away.
        chmod(path, 0o700)
        for name in names(in: path) {
            var status = stat()
            let child = "\(path)/\(name)"
            let isFolder = lstat(child, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
            if isFolder { removeTree(child) } else { unlink(child) }
        }
        rmdir(path)
    }
}
