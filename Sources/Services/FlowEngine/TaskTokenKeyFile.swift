import FlowModel
import Glibc
package import Primitives

/// The file that holds the token keys, in the engine's state directory; it belongs to the backup.
///
/// Shape: a line `<id> <base64url of 32 bytes>` for each key, the newest first; `#` begins a comment. To
/// rotate, put a new line in front and restart; remove an old line when no execution from its time is open
/// any more. Mode 0600.
package enum TaskTokenKeyFile {
    package static let name = "token.key"
    private static let bytesMax = 64 * 1024

    package struct Fault: Error, CustomStringConvertible {
        package let path: String
        package let reason: String

        package var description: String { "the task token keys in \(path) can't be used: \(reason)" }
    }

    /// Reads the file, or makes it with a fresh key. Durability: a key that is returned is on disk.
    package static func open(in folder: String, world: some World) throws(Fault) -> TaskTokenKeys {
        let path = "\(folder)/\(name)"
        if let keys = try read(path) { return keys }
        let id = Base64URL.encode(world.entropy(6))
        let line = "k\(id) \(Base64URL.encode(world.entropy(TaskTokenKeys.keyBytes)))\n"
        try create(path, in: folder, content: Array(line.utf8))
        guard let keys = try read(path) else {
            throw Fault(path: path, reason: "it vanished as soon as it was made")
        }
        return keys
    }

    private static func read(_ path: String) throws(Fault) -> TaskTokenKeys? {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw fault(path, "it can't be opened")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw fault(path, "it can't be examined") }
        guard status.st_mode & 0o077 == 0 else {
            throw Fault(
                path: path, reason: "others than its owner can read it; chmod 600 \(path), and make new keys")
        }
        var bytes = [UInt8](repeating: 0, count: bytesMax)
        var count = 0
        while count < bytesMax {
            let got = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress! + count, bytesMax - count)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw fault(path, "it can't be read") }
            if got == 0 { break }
            count += got
        }
        return try parse(String(decoding: bytes[..<count], as: UTF8.self), path)
    }

    static func parse(_ text: String, _ path: String) throws(Fault) -> TaskTokenKeys {
        var keys: [TaskTokenKeys.Key] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" || $0 == "\r" }
            if words.isEmpty { continue }
            guard words.count == 2, NameRule.isValid(String(words[0]), kind: .execution),
                let bytes = Base64URL.decode(words[1]), bytes.count == TaskTokenKeys.keyBytes
            else {
                throw Fault(
                    path: path,
                    reason:
                        "line \(number + 1) is not an id and the base64url text of 32 bytes; restore the file"
                )
            }
            keys.append(TaskTokenKeys.Key(id: String(words[0]), bytes: bytes))
        }
        guard let current = keys.first else {
            throw Fault(path: path, reason: "it holds no key; restore it, or remove it")
        }
        return TaskTokenKeys(current: current, older: Array(keys.dropFirst()))
    }

    /// Writes beside, syncs, renames, syncs the folder: after a crash there is the whole file or none.
    private static func create(_ path: String, in folder: String, content: [UInt8]) throws(Fault) {
        let draft = "\(path).part"
        unlink(draft)
        let descriptor = Glibc.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw fault(draft, "it can't be made") }
        var written = 0
        while written < content.count {
            let got = content.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + written, content.count - written)
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else {
                close(descriptor)
                throw fault(draft, "it can't be written")
            }
            written += got
        }
        let isSynced = fsync(descriptor) == 0
        close(descriptor)
        guard isSynced else { throw fault(draft, "it can't be synced") }
        guard rename(draft, path) == 0 else { throw fault(path, "it can't be put in its place") }
        let directory = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw fault(folder, "it can't be opened to sync it") }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw fault(folder, "it can't be synced") }
    }

    private static func fault(_ path: String, _ what: String) -> Fault {
        Fault(path: path, reason: "\(what): \(String(cString: strerror(errno)))")
    }
}
