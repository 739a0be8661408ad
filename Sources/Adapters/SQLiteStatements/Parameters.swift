import GRDBSQLite
package import Primitives

/// Parameters of a prepared statement, numbered from 1, through SQLite's C interface: the library's way costs
/// as much as the insert itself. Source: swift notes, §2.
package struct Parameters {
    let statement: OpaquePointer

    /// SQLite copies the bytes at once.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    package func set(_ index: Int32, _ value: Int64) { sqlite3_bind_int64(statement, index, value) }

    package func set(_ index: Int32, _ value: Int64?) {
        if let value { set(index, value) } else { sqlite3_bind_null(statement, index) }
    }

    package func set(_ index: Int32, _ flag: Bool) { sqlite3_bind_int(statement, index, flag ? 1 : 0) }

    package func set(_ index: Int32, _ text: String?) {
        guard var text else {
            sqlite3_bind_null(statement, index)
            return
        }
        text.withUTF8 { set(index, text: $0) }
    }

    /// The bytes of a text that is known to be UTF-8, such as a JSON document.
    package func set(_ index: Int32, text bytes: UnsafeBufferPointer<UInt8>) {
        _ = bytes.withMemoryRebound(to: CChar.self) { characters in
            // An empty buffer may have no address, and SQLite reads a null address as NULL.
            if let start = characters.baseAddress {
                sqlite3_bind_text(statement, index, start, Int32(characters.count), Self.copied)
            } else {
                sqlite3_bind_text(statement, index, "", 0, Self.copied)
            }
        }
    }

    package func set(_ index: Int32, _ bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes { buffer in
            if let start = buffer.baseAddress {
                sqlite3_bind_blob(statement, index, start, Int32(buffer.count), Self.copied)
            } else {
                sqlite3_bind_zeroblob(statement, index, 0)
            }
        }
    }

    package func set(_ index: Int32, _ time: Timestamp?) { set(index, time?.microseconds) }
}

extension Parameters {
    /// A JSON document as compact text.
    package func set(_ index: Int32, json document: JSONValue) {
        document.utf8Bytes.withUnsafeBufferPointer { set(index, text: $0) }
    }
}
