import FlowStore
import GRDB
import GRDBSQLite
import Primitives

/// Parameters of a prepared statement, numbered from 1. SQLite's C interface, because the journal's writer
/// binds four values for each transition and the library's way costs as much as the insert itself. Source:
/// swift notes, §2.
struct Parameters {
    fileprivate let statement: OpaquePointer

    /// SQLite copies the bytes at once.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    func set(_ index: Int32, _ value: Int64) { sqlite3_bind_int64(statement, index, value) }

    func set(_ index: Int32, _ value: Int64?) {
        if let value { set(index, value) } else { sqlite3_bind_null(statement, index) }
    }

    func set(_ index: Int32, _ text: String?) {
        guard var text else {
            sqlite3_bind_null(statement, index)
            return
        }
        _ = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                // An empty buffer may have no address, and SQLite reads a null address as NULL.
                if let start = characters.baseAddress {
                    sqlite3_bind_text(statement, index, start, Int32(characters.count), Self.copied)
                } else {
                    sqlite3_bind_text(statement, index, "", 0, Self.copied)
                }
            }
        }
    }

    func set(_ index: Int32, _ bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes { buffer in
            if let start = buffer.baseAddress {
                sqlite3_bind_blob(statement, index, start, Int32(buffer.count), Self.copied)
            } else {
                sqlite3_bind_zeroblob(statement, index, 0)
            }
        }
    }

    func set(_ index: Int32, _ time: Timestamp?) { set(index, time?.microseconds) }
}

/// The columns of the row a statement stands on, numbered from 0.
struct Columns {
    fileprivate let statement: OpaquePointer

    func integer(_ index: Int32) -> Int64 { sqlite3_column_int64(statement, index) }

    func isNull(_ index: Int32) -> Bool { sqlite3_column_type(statement, index) == SQLITE_NULL }

    func time(_ index: Int32) -> Timestamp? {
        isNull(index) ? nil : Timestamp(microseconds: integer(index))
    }

    func text(_ index: Int32) -> String {
        guard let start = sqlite3_column_text(statement, index) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, index))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// The text or blob where SQLite holds it, until the statement goes on.
    func withBytes<Value>(_ index: Int32, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        let start = sqlite3_column_blob(statement, index)
        let count = Int(sqlite3_column_bytes(statement, index))
        return body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
    }

    func optionalText(_ index: Int32) -> String? { isNull(index) ? nil : text(index) }

    /// - Parameter thing: what the row describes, for the error.
    func object(_ index: Int32, of thing: String) throws -> JSONObject {
        guard let object = try? JSONParser.parse(text(index)).objectValue else {
            throw StoreError.unreadable(place: thing, reason: "it holds a text that is no JSON object")
        }
        return object
    }

    func bytes(_ index: Int32) -> [UInt8] {
        let count = Int(sqlite3_column_bytes(statement, index))
        guard let start = sqlite3_column_blob(statement, index) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }
}

extension Database {
    /// Runs a statement that is prepared once for the connection; `row` is called for each row.
    func run(
        _ sql: String, _ set: (Parameters) -> Void = { _ in }, row: (Columns) throws -> Void = { _ in }
    ) throws {
        try look(sql, set) { columns in
            try row(columns)
            return true
        }
    }

    /// As `run`, until `row` returns false.
    func look(_ sql: String, _ set: (Parameters) -> Void, row: (Columns) throws -> Bool) throws {
        let statement = try cachedStatement(sql: sql).sqliteStatement
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        set(Parameters(statement: statement))
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: if try !row(Columns(statement: statement)) { return }
            case SQLITE_DONE: return
            case let code:
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: code), message: lastErrorMessage, sql: sql)
            }
        }
    }
}
