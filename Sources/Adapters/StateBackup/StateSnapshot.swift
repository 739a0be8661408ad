import Crypto
import GRDB
import Glibc
import Primitives

/// Why a copy can't be made, with the way out.
struct SnapshotFault: Error, CustomStringConvertible { let description: String }

/// A database held as it is at one moment by a second connection, while its service goes on writing.
///
/// Used from one thread at a time, hence unchecked. Costs disk only: as much as the database, and what is
/// committed meanwhile stays in the write-ahead log.
final class StateSnapshot: @unchecked Sendable {
    /// Room that stays free for the service.
    static let freeBytesMin: Int64 = 64 << 20
    /// About half a millisecond of copying, after which a caller that has gone is noticed.
    private static let pagesAtOnce: CInt = 256
    static let suffix = ".backup"

    let path: String
    private let source: DatabaseQueue
    /// Of this snapshot alone: one that nobody waits for any more may still be clearing up.
    private let copyPath: String

    /// Fixes the moment.
    init(of path: String) throws {
        self.path = path
        copyPath = path + Self.suffix + "-\(UInt32.random(in: .min ... .max))"
        var configuration = Configuration()
        configuration.readonly = true
        configuration.allowsUnsafeTransactions = true
        configuration.label = "backup"
        source = try DatabaseQueue(path: path, configuration: configuration)
        try source.inDatabase { db in
            try db.execute(sql: "BEGIN")
            // The first read takes the snapshot.
            _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema")
        }
    }

    /// Removes the copies that a process has left behind that was killed half way.
    static func removeLeftovers(of path: String) {
        let name = path.lastComponent
        let folder = String(path.dropLast(name.count))
        guard let stream = opendir(folder.isEmpty ? "." : folder) else { return }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let found = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if found.hasPrefix(name + suffix) { unlink(folder + found) }
        }
    }

    private func removeCopy() {
        for ending in ["", "-journal", "-wal", "-shm"] { unlink(copyPath + ending) }
    }

    /// Copies the database as it was at the moment, and lets go of it. The file has no name any more: it goes
    /// away with the descriptor, however the process ends.
    ///
    /// - Parameter goesOn: asked after every few pages.
    func copy(while goesOn: @escaping () -> Bool) throws -> StateFile {
        defer { removeCopy() }
        try checkRoom()
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            // Nobody reads it but this process, which makes another if it is lost.
            try db.execute(sql: "PRAGMA synchronous = OFF")
            try db.execute(sql: "PRAGMA journal_mode = OFF")
        }
        let copy = try DatabaseQueue(path: copyPath, configuration: configuration)
        try source.backup(to: copy, pagesPerStep: Self.pagesAtOnce) { _ in
            guard goesOn() else { throw SnapshotFault(description: "nobody waits for the copy any more") }
        }
        try copy.close()
        close()
        return try StateFile(copyPath, name: path.lastComponent)
    }

    func close() { try? source.close() }

    private func checkRoom() throws {
        var disk = statvfs()
        var facts = stat()
        guard statvfs(path, &disk) == 0, stat(path, &facts) == 0 else { return }
        let free = Int64(disk.f_bavail) * Int64(disk.f_frsize)
        let needed = Int64(facts.st_size) + Self.freeBytesMin
        guard free >= needed else {
            throw SnapshotFault(
                description: "a copy of \(path) needs \(needed) bytes beside it and \(free) are free; "
                    + "make room, or stop the service and copy its files")
        }
    }
}

extension String {
    var lastComponent: String { split(separator: "/").last.map(String.init) ?? self }
}

/// A file that is sent from its beginning to its end. Used from one thread at a time, hence unchecked.
final class StateFile: @unchecked Sendable {
    /// In Base64 and JSON a third more: well below 0.1 ms of the loop's time.
    static let chunkBytes = 48 << 10

    let name: String
    let size: Int64
    private let descriptor: Int32
    private(set) var offset: Int64 = 0
    private var hash = SHA256()

    init(_ path: String, name: String) throws {
        self.name = name
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var facts = stat()
        guard descriptor >= 0, fstat(descriptor, &facts) == 0 else {
            throw SnapshotFault(description: "\(path) can't be read: \(String(cString: strerror(errno)))")
        }
        size = Int64(facts.st_size)
    }

    deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

    /// The next bytes; nil at the end.
    func next() throws -> [UInt8]? {
        guard offset < size else { return nil }
        let wanted = Int(min(Int64(Self.chunkBytes), size - offset))
        let bytes = try [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
            while count < wanted {
                let read = pread(
                    descriptor, buffer.baseAddress.map { $0 + count }, wanted - count, off_t(offset) + count)
                if read < 0, errno == EINTR { continue }
                guard read > 0 else {
                    throw SnapshotFault(description: "\(name) ended at \(offset) of \(size) bytes")
                }
                count += read
            }
        }
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        offset += Int64(bytes.count)
        return bytes
    }

    var sha256: String { HexText.of(hash.finalize()) }
}

enum HexText {
    private static let digits = Array("0123456789abcdef".utf8)

    static func of(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
