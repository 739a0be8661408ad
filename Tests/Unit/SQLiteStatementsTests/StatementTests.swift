import GRDB
import Primitives
import SQLiteStatements
import Testing

@Suite struct StatementTests {
    private func database() throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        try queue.write {
            try $0.execute(sql: "CREATE TABLE things (name TEXT UNIQUE, count INTEGER, data BLOB) STRICT")
        }
        return queue
    }

    private func put(_ db: Database, _ name: String?, _ count: Int64?, _ data: [UInt8] = []) throws {
        try db.run("INSERT INTO things VALUES (?, ?, ?)") { row in
            row.set(1, name)
            row.set(2, count)
            row.set(3, data)
        }
    }

    @Test func `values come back as they were put in, nothing as nothing and empty as empty`() throws {
        try database().write { db in
            try put(db, "", nil)
            try put(db, nil, .min, [0, 255])
            try put(db, "牛肉 \u{0}?", .max, [1])
            let rows = try db.all("SELECT name, count, data FROM things ORDER BY rowid") { row in
                (row.optionalText(0), row.optionalInteger(1), row.bytes(2))
            }
            #expect(rows.map(\.0) == ["", nil, "牛肉 \u{0}?"])
            #expect(rows.map(\.1) == [nil, .min, .max])
            #expect(rows.map(\.2) == [[], [0, 255], [1]])
        }
    }

    @Test func `a document, a time and a flag are put in as their text and number`() throws {
        try database().write { db in
            try db.run("INSERT INTO things VALUES (?, ?, NULL)") { row in
                row.set(1, json: ["b": 1, "a": "x"])
                row.set(2, Timestamp(microseconds: 7))
            }
            try db.run("INSERT INTO things VALUES ('flag', ?, NULL)") { $0.set(1, true) }
            let row = try db.first("SELECT name, count FROM things") { ($0.text(0), $0.time(1)) }
            #expect(row?.0 == #"{"a":"x","b":1}"#)
            #expect(row?.1 == Timestamp(microseconds: 7))
            #expect(try db.first("SELECT count FROM things WHERE name = 'flag'") { $0.flag(0) } == true)
        }
    }

    @Test func `a text is compared where it lies, byte by byte`() throws {
        try database().write { db in
            try put(db, "e\u{301}", 1)
            let holds = try db.first("SELECT name FROM things") { row in
                (row.holds("e\u{301}", at: 0), row.holds("\u{e9}", at: 0), row.holds("e", at: 0))
            }
            #expect(holds?.0 == true)
            #expect(holds?.1 == false && holds?.2 == false)
        }
    }

    @Test func `parameters of one run are not seen by the next`() throws {
        try database().write { db in
            try put(db, "one", 1)
            try db.run("INSERT INTO things (name, count) VALUES (?1, ?2)") { $0.set(1, "two") }
            try db.run("INSERT INTO things (name, count) VALUES (?1, ?2)") { $0.set(2, Int64(3)) }
            let found = try db.all("SELECT name, count FROM things ORDER BY rowid") {
                "\($0.optionalText(0) ?? "-") \($0.optionalInteger(1) ?? 0)"
            }
            #expect(found == ["one 1", "two 0", "- 3"])
        }
    }

    @Test func `the first row ends the reading, and the statement can be run again`() throws {
        try database().write { db in
            for number in 1...3 { try put(db, "\(number)", Int64(number)) }
            for _ in 1...2 {
                #expect(try db.first("SELECT count FROM things ORDER BY count") { $0.integer(0) } == 1)
            }
            #expect(try db.first("SELECT count FROM things WHERE count > 9") { $0.integer(0) } == nil)
        }
    }

    @Test func `an error names what SQLite says and the statement, which stays usable`() throws {
        try database().write { db in
            try put(db, "same", 1)
            let error = #expect(throws: DatabaseError.self) { try put(db, "same", 2) }
            #expect(error?.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE)
            #expect(error?.message?.contains("things.name") == true)
            #expect(error?.sql?.hasPrefix("INSERT INTO things") == true)
            try put(db, "other", 2)
        }
    }
}
