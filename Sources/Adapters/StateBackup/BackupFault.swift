import Glibc

/// Why a backup can't be made, read or put back, and what to do.
package struct BackupFault: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// The disk or a right.
        case failed
        /// What is there contradicts what is asked for.
        case refused
        /// The backup is not what its manifest says.
        case damaged
    }

    package let kind: Kind
    package let sentence: String
    package let next: String?

    package init(_ kind: Kind, _ sentence: String, next: String? = nil) {
        self.kind = kind
        self.sentence = sentence
        self.next = next
    }

    package var description: String { sentence }

    static func system(_ what: String) -> BackupFault {
        BackupFault(.failed, "\(what): \(String(cString: strerror(errno)))")
    }
}

/// Files that are on disk when a call returns.
enum DurableFile {
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) throws(BackupFault) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw .system("\(path) can't be written") }
        defer { close(descriptor) }
        try write(bytes[...], to: descriptor, at: 0, path)
        guard fdatasync(descriptor) == 0 else { throw .system("\(path) can't be synced") }
    }

    static func write(
        _ bytes: ArraySlice<UInt8>, to descriptor: Int32, at offset: Int64, _ path: String
    ) throws(BackupFault) {
        var (rest, position) = (bytes, offset)
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(position)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system("\(path) can't be written") }
            rest = rest.dropFirst(count)
            position += Int64(count)
        }
    }

    static func read(_ path: String, bytesMax: Int) throws(BackupFault) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("\(path) can't be read") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= bytesMax {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system("\(path) can't be read") }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return bytes
    }

    /// New names in a folder survive a loss of power only after this.
    static func syncFolder(_ path: String) throws(BackupFault) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("\(path) can't be opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system("\(path) can't be synced") }
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// With all that is in it; two levels, as a backup has.
    static func removeFolder(_ path: String) {
        for name in names(in: path) {
            let inner = "\(path)/\(name)"
            for file in names(in: inner) { unlink("\(inner)/\(file)") }
            if rmdir(inner) != 0 { unlink(inner) }
        }
        rmdir(path)
    }
}
