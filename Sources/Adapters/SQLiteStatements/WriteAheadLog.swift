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
        var found: UnsafeMutablePointer<sqlite3_file>?
        let code = sqlite3_file_control(db.sqliteConnection, "main", SQLITE_FCNTL_FILE_POINTER, &found)
        guard code == SQLITE_OK, let file = found, let size = file.pointee.pMethods?.pointee.xFileSize else {
            return try check(code, "finding the database of")
        }
        var length: Int64 = 0
        try check(size(file, &length), "measuring the database of")
        guard length > 0 else {
            throw DatabaseError(
                resultCode: .SQLITE_IOERR, message: "the first page of the database could not be written")
        }
    }

    /// Below 128 KiB: of a longer one SQLite's Unix VFS writes nothing and says that the disk is full.
    private static let pieceLength: Int64 = 64 * 1024

    private static func rewrite(_ db: Database) throws {
        var found: UnsafeMutablePointer<sqlite3_file>?
        let code = sqlite3_file_control(db.sqliteConnection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &found)
        guard code == SQLITE_OK, let log = found, let methods = log.pointee.pMethods?.pointee,
            let read = methods.xRead, let write = methods.xWrite, let sync = methods.xSync,
            let size = methods.xFileSize
        else { return try check(code, "finding") }
        var length: Int64 = 0
        try check(size(log, &length), "measuring")
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
            resultCode: ResultCode(rawValue: code), message: "\(act) the write-ahead log failed")
    }
}
