package import GRDB
import GRDBSQLite

/// The write-ahead log of a database, as the file that it is.
package enum WriteAheadLog {
    /// Writes what the log holds once more, byte for byte, and syncs it; for whoever opens a database.
    ///
    /// After a failed sync the kernel takes the pages for written, so the process that comes next reads
    /// commits that are not on disk and that no later sync would bring there: whatever is appended behind
    /// them is lost with them when the power goes, and pages merged into the database meanwhile do not fit
    /// what is left of the log. Written anew they are dirty again, and this sync takes them along. Merging
    /// the log instead would not do: its old beginning could outlive the merge.
    ///
    /// Durability: what can be read is on disk when this returns.
    package static func writeAnew(_ db: Database) throws {
        // Nobody else appends meanwhile.
        try db.inTransaction(.immediate) {
            try checkFirstPage(db)
            try rewrite(db)
            return .rollback
        }
    }

    /// A database enters WAL mode by writing its first page, in a transaction that ends when the statement's
    /// only row was fetched already: the library does not see that its sync has failed. SQLite goes on with
    /// the log alone, and the next process throws a log away that belongs to an empty file.
    private static func checkFirstPage(_ db: Database) throws {
        let database = try file(SQLITE_FCNTL_FILE_POINTER, of: db)
        guard try length(of: database) > 0 else {
            throw DatabaseError(
                resultCode: .SQLITE_IOERR, message: "the first page of the database could not be written")
        }
    }

    /// The file that SQLite has open for the database itself, or for its log.
    private static func file(_ which: Int32, of db: Database) throws -> UnsafeMutablePointer<sqlite3_file> {
        var found: UnsafeMutablePointer<sqlite3_file>?
        try check(sqlite3_file_control(db.sqliteConnection, "main", which, &found), "finding")
        guard let found else { throw missing }
        return found
    }

    private static func length(of file: UnsafeMutablePointer<sqlite3_file>) throws -> Int64 {
        guard let size = file.pointee.pMethods?.pointee.xFileSize else { throw missing }
        var length: Int64 = 0
        try check(size(file, &length), "measuring")
        return length
    }

    private static let missing = DatabaseError(
        resultCode: .SQLITE_ERROR, message: "SQLite has not opened the database or its write-ahead log")

    /// Below 128 KiB: of a longer one SQLite's Unix VFS writes nothing and says that the disk is full.
    private static let pieceLength: Int64 = 64 * 1024

    private static func rewrite(_ db: Database) throws {
        let log = try file(SQLITE_FCNTL_JOURNAL_POINTER, of: db)
        // Not open before anything was written to it: then there is nothing to write anew.
        guard let methods = log.pointee.pMethods?.pointee, let read = methods.xRead,
            let write = methods.xWrite, let sync = methods.xSync
        else { return }
        let length = try length(of: log)
        guard length > 0 else { return }
        let piece = UnsafeMutableRawPointer.allocate(byteCount: Int(min(length, pieceLength)), alignment: 16)
        defer { piece.deallocate() }
        for start in stride(from: 0, to: length, by: Int64.Stride(pieceLength)) {
            let count = Int32(min(pieceLength, length - start))
            try check(read(log, piece, count, start), "reading")
            try check(write(log, piece, count, start), "writing")
        }
        try check(sync(log, SQLITE_SYNC_NORMAL), "syncing")
    }

    private static func check(_ code: Int32, _ act: String) throws {
        guard code != SQLITE_OK else { return }
        throw DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: "\(act) the database or its write-ahead log failed")
    }
}
