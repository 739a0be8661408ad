package import GRDB
import GRDBSQLite

extension Database {
    /// Runs a statement that is prepared once for the connection; `row` is called for each row.
    package func run(
        _ sql: String, _ set: (Parameters) -> Void = { _ in }, row: (Columns) throws -> Void = { _ in }
    ) throws {
        try look(sql, set) { columns in
            try row(columns)
            return true
        }
    }

    /// As `run`, until `row` returns false.
    package func look(
        _ sql: String, _ set: (Parameters) -> Void = { _ in }, row: (Columns) throws -> Bool
    ) throws {
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
            // The extended code, which tells a failed sync from a failed read.
            case let code:
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: code), message: lastErrorMessage, sql: sql)
            }
        }
    }

    /// What `value` makes of the first row; nil when there is none.
    package func first<Value>(
        _ sql: String, _ set: (Parameters) -> Void = { _ in }, _ value: (Columns) throws -> Value
    ) throws -> Value? {
        var found: Value?
        try look(sql, set) { columns in
            found = try value(columns)
            return false
        }
        return found
    }

    /// What `value` makes of each row.
    package func all<Value>(
        _ sql: String, _ set: (Parameters) -> Void = { _ in }, _ value: (Columns) throws -> Value
    ) throws -> [Value] {
        var found: [Value] = []
        try run(sql, set) { found.append(try value($0)) }
        return found
    }
}
