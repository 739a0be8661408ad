import GRDB
import Glibc

/// Writes the databases of stopped services anew, without the room of what was removed.
package enum Compaction {
    package struct Outcome: Sendable {
        package let service: String
        package let before: Int64
        package let after: Int64
    }

    private static let suffix = ".compacted"

    /// Durability: each database is the old one or the new one, whole, at any moment.
    package static func run(_ places: StatePlaces) throws(BackupFault) -> [Outcome] {
        var outcomes: [Outcome] = []
        for service in DurableFile.names(in: places.stateFolder) {
            let path = places.database(of: service)
            guard DurableFile.exists(path) else { continue }
            outcomes.append(try compact(path, service))
        }
        return outcomes
    }

    private static func compact(_ path: String, _ service: String) throws(BackupFault) -> Outcome {
        let target = path + suffix
        for ending in ["", "-journal", "-wal", "-shm"] { unlink(target + ending) }
        do {
            let queue = try DatabaseQueue(path: path)
            try queue.inDatabase { db in
                // What is in the log first, so that the old file alone is whole as well.
                try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                try db.execute(sql: "VACUUM INTO ?", arguments: [target])
            }
            try queue.close()
            let copy = try DatabaseQueue(path: target)
            try copy.inDatabase { db in
                let lines = try String.fetchAll(db, sql: "PRAGMA integrity_check(1)")
                guard lines == ["ok"] else { throw SnapshotFault(description: "\(lines)") }
                // The mode is part of the file.
                try db.execute(sql: "PRAGMA journal_mode = WAL")
            }
            try copy.close()
        } catch {
            unlink(target)
            throw BackupFault(.failed, "\(path) can't be written anew: \(error)", next: "df -h \(path)")
        }
        return try replace(path, by: target, service)
    }

    private static func replace(
        _ path: String, by target: String, _ service: String
    ) throws(BackupFault) -> Outcome {
        var (old, new) = (stat(), stat())
        guard stat(path, &old) == 0, stat(target, &new) == 0 else { throw .system("\(path) can't be read") }
        let descriptor = open(target, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("\(target) can't be opened") }
        defer { close(descriptor) }
        if geteuid() == 0, fchown(descriptor, old.st_uid, old.st_gid) != 0 {
            throw .system("\(target) can't be given to its service")
        }
        guard fchmod(descriptor, old.st_mode & 0o777) == 0, fdatasync(descriptor) == 0 else {
            throw .system("\(target) can't be synced")
        }
        // The log of the old file is empty; a new one begins.
        for ending in ["-wal", "-shm"] { unlink(path + ending) }
        guard rename(target, path) == 0 else { throw .system("\(target) can't be renamed") }
        let folder = path.split(separator: "/").dropLast().map { "/\($0)" }.joined()
        try DurableFile.syncFolder(folder.isEmpty ? "/" : folder)
        return Outcome(service: service, before: Int64(old.st_size), after: Int64(new.st_size))
    }
}
