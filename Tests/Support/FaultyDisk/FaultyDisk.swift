import CFaultyDisk
import Synchronization

/// A disk in memory whose faults a test plans, for SQLite: each database below `path(…)` lies on it.
///
///     let disk = try FaultyDisk()
///     let store = try SQLiteStore(path: disk.path("flow-engine.sqlite"))
///     disk.plan(.killAfter, at: disk.operations + 7)   // the process dies in the 7th write from here
///     …                                                // every call of the store fails from then on
///     disk.powerCut(seed: 42)                          // what was not synced is torn, or lost, or there
///     let next = try SQLiteStore(path: disk.path("flow-engine.sqlite"))
///
/// The first disk makes a VFS of its own the default one of the process; it hands every path that does not
/// begin with `/faulty/` to the system's. Disks are independent of each other, and a disk may be used by
/// several threads. Nothing here looks at a clock or draws by chance: the same calls on a disk do the same.
///
/// What a file is: the durable bytes, and the changes since the last sync in their order. A reader sees both,
/// as in a page cache. Creating a file becomes durable with its first sync; a deletion with the next sync of the
/// folder: the first one of each journal and log that is opened, and deletions that ask for it. Locks and the
/// index of the write-ahead log are kept in memory, for as many connections of one process as there are.
package final class FaultyDisk: Sendable {
    package let id: String
    nonisolated(unsafe) let disk: OpaquePointer

    private static let made = Atomic<Int>(0)

    /// - Parameter id: what paths name the disk by; no other disk may have it. One that was not used yet if nil.
    package init(id: String? = nil) throws(FaultyDiskFault) {
        let code = fnf_faultydisk_register()
        guard code == 0 else { throw .notRegistered(code: code) }
        let number = Self.made.wrappingAdd(1, ordering: .relaxed).newValue
        let id = id ?? "disk-\(number)"
        guard !id.contains("/"), let disk = fnf_disk_make(id) else { throw .idTaken(id) }
        self.id = id
        self.disk = disk
    }

    /// Files that are still open keep what they need.
    deinit { fnf_disk_drop(disk) }

    /// Another disk with the same files, all of them durable: the image that many runs begin with.
    package func copy(id: String? = nil) throws(FaultyDiskFault) -> FaultyDisk {
        let other = try FaultyDisk(id: id)
        fnf_disk_copy(other.disk, disk)
        return other
    }

    package func path(_ name: String) -> String { "/faulty/\(id)/\(name)" }
}

package enum FaultyDiskFault: Error, Hashable, CustomStringConvertible {
    case notRegistered(code: Int32)
    case idTaken(String)

    package var description: String {
        switch self {
        case .notRegistered(let code): "SQLite took no VFS (code \(code))"
        case .idTaken(let id): "a disk \(id) is there already, or the name has a slash"
        }
    }
}
