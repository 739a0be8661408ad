package import FlowStore
import GRDB
import Glibc

extension SQLiteStore {
    package func footprint() throws(StoreError) -> StoreFootprint {
        var footprint = StoreFootprint()
        footprint.database = Self.size(of: path)
        footprint.log = Self.size(of: path + "-wal")
        var disk = statvfs()
        if statvfs(path, &disk) == 0 {
            footprint.free = Int64(disk.f_bavail) * Int64(disk.f_frsize)
            footprint.disk = Int64(disk.f_blocks) * Int64(disk.f_frsize)
        }
        return footprint
    }

    /// 0 when there is no such file.
    private static func size(of path: String) -> Int64 {
        var facts = stat()
        return stat(path, &facts) == 0 ? Int64(facts.st_size) : 0
    }
}
