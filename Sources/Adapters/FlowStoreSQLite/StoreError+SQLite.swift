import FlowStore
import GRDB

/// A fault that the store found itself.
struct StoreFault: Error {
    let reason: String
    var isOfIndex = false
}

extension StoreError {
    /// Sorts SQLite's result codes by what the caller must do.
    init(_ error: any Error, path: String) {
        if let error = error as? StoreError {
            self = error
            return
        }
        guard let fault = error as? DatabaseError else {
            let found = error as? StoreFault
            let reason = found?.reason ?? "\(error)"
            self =
                found?.isOfIndex == true
                ? .damagedIndex(path: path, reason: reason) : .broken(path: path, reason: reason)
            return
        }
        let text =
            "\(fault.message ?? "no message") (SQLite \(fault.extendedResultCode.rawValue)"
            + (fault.sql.map { ", in \($0.prefix(80)))" } ?? ")")
        switch fault.extendedResultCode {
        // After a failed sync the kernel may have dropped the pages: a later sync that succeeds proves
        // nothing.
        case .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC:
            self = .broken(path: path, reason: "a sync to disk failed: \(text)")
            return
        default: break
        }
        switch fault.resultCode {
        case .SQLITE_FULL:
            self = .unavailable(path: path, reason: "the disk is full: make room on its file system; \(text)")
        case .SQLITE_READONLY:
            self = .unavailable(
                path: path, reason: "it is read-only: check the owner and mount of its folder; \(text)")
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            self = .unavailable(
                path: path, reason: "it can't be opened: check that its folder is writable; \(text)")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self = .unavailable(path: path, reason: "another process holds its lock; \(text)")
        case .SQLITE_IOERR, .SQLITE_NOMEM:
            self = .unavailable(
                path: path, reason: "the disk answers with an error: see the kernel's log; \(text)")
        case .SQLITE_CORRUPT where fault.sql.map(Self.isOfIndex) == true,
            // A text that SQLite itself looks into.
            .SQLITE_ERROR where fault.message == "malformed JSON" && fault.sql.map(Self.isOfIndex) == true:
            self = .damagedIndex(path: path, reason: text)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self = .unreadable(
                place: "the database \(path)",
                reason: "it is damaged: see fnfctl admin verify; \(text)")
        default: self = .broken(path: path, reason: text)
        }
    }

    /// Whether a statement is about what is derived from the journal.
    private static func isOfIndex(_ sql: String) -> Bool {
        let words = sql.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
        return words.contains { word in DerivedTables.names.contains { $0 == word } }
    }
}
