import GRDBSQLite
package import Primitives

/// The columns of the row a statement stands on, numbered from 0.
package struct Columns {
    let statement: OpaquePointer

    package func integer(_ index: Int32) -> Int64 { sqlite3_column_int64(statement, index) }

    package func flag(_ index: Int32) -> Bool { sqlite3_column_int(statement, index) != 0 }

    package func isNull(_ index: Int32) -> Bool { sqlite3_column_type(statement, index) == SQLITE_NULL }

    package func optionalInteger(_ index: Int32) -> Int64? { isNull(index) ? nil : integer(index) }

    package func time(_ index: Int32) -> Timestamp? {
        isNull(index) ? nil : Timestamp(microseconds: integer(index))
    }

    package func text(_ index: Int32) -> String {
        guard let start = sqlite3_column_text(statement, index) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, index))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    package func optionalText(_ index: Int32) -> String? { isNull(index) ? nil : text(index) }

    /// Whether the column holds exactly this text, compared byte by byte and without a copy.
    package func holds(_ text: String, at index: Int32) -> Bool {
        guard let start = sqlite3_column_text(statement, index) else { return false }
        let count = Int(sqlite3_column_bytes(statement, index))
        return text.utf8.count == count
            && text.utf8.elementsEqual(UnsafeBufferPointer(start: start, count: count))
    }

    /// The text or blob where SQLite holds it, until the statement goes on.
    package func withBytes<Value>(_ index: Int32, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        let start = sqlite3_column_blob(statement, index)
        let count = Int(sqlite3_column_bytes(statement, index))
        return body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
    }

    package func bytes(_ index: Int32) -> [UInt8] { withBytes(index) { Array($0) } }
}
