package import FlowStore
import GRDB
import SQLiteStatements

extension SQLiteStore {
    /// The newest sequence that was used.
    static let newestSQL = """
        SELECT max(coalesce((SELECT max(seq) FROM transitions), 0), (SELECT highest FROM journal_removed))
        """

    package func lastSequence() throws(StoreError) -> Int64 {
        try perform { db in
            var last: Int64 = 0
            try db.run(Self.newestSQL, row: { last = $0.integer(0) })
            return last
        }
    }

    package func append(_ rows: [JournalRow]) throws(StoreError) {
        try commitChanges { db in
            for row in rows {
                try Self.insert(row, in: db)
                if let segment = row.segment { try Self.insert(segment, of: row.execution, in: db) }
            }
        }
    }

    /// - Parameter table: the journal's, or one of its shape.
    static func insertion(into table: String) -> String {
        "INSERT INTO \(table) (\(columns)) VALUES (?, ?, ?, ?, ?, ?)"
    }

    static func insert(_ row: JournalRow, by sql: String = intoJournal, in db: Database) throws {
        try db.run(
            sql,
            { statement in
                statement.set(1, row.sequence)
                statement.set(2, row.execution)
                statement.set(3, row.previous)
                statement.set(4, row.kind.rawValue)
                statement.set(5, row.body)
                statement.set(6, row.checksum)
            })
    }

    package func row(_ sequence: Int64) throws(StoreError) -> JournalRow? {
        try perform { db in try Self.row(sequence, in: db) }
    }

    private static func row(_ sequence: Int64, in db: Database) throws -> JournalRow? {
        var found: JournalRow?
        try db.run("SELECT \(columns) FROM transitions WHERE seq = ?", { $0.set(1, sequence) }) {
            found = try JournalRow($0)
        }
        return found
    }

    package func history(endingAt last: Int64, after: Int64) throws(StoreError) -> [JournalRow] {
        try perform { db in
            var rows: [JournalRow] = []
            var next = last
            while next > after {
                guard let row = try Self.row(next, in: db), row.previous < next else {
                    throw StoreError.unreadable(
                        place: "the history that ends at row \(last) of the journal",
                        reason: "row \(next) is missing")
                }
                rows.append(row)
                next = row.previous
            }
            return rows.reversed()
        }
    }

    package func rows(
        after: Int64, through: Int64, marked: Bool, limit: Int
    ) throws(StoreError) -> [JournalRow] {
        let mark = marked ? "AND kind <> 0" : ""
        let sql = "SELECT \(columns) FROM transitions WHERE seq > ? AND seq <= ? \(mark) ORDER BY seq LIMIT ?"
        return try perform { db in
            var rows: [JournalRow] = []
            try db.run(
                sql,
                {
                    $0.set(1, after)
                    $0.set(2, through)
                    $0.set(3, Int64(limit))
                },
                row: { rows.append(try JournalRow($0)) })
            return rows
        }
    }
}

private let columns = "seq, execution, previous, kind, body, checksum"
private let intoJournal = SQLiteStore.insertion(into: "transitions")

extension JournalRow {
    fileprivate init(_ row: Columns) throws {
        let sequence = row.integer(0)
        guard let kind = JournalRowKind(rawValue: row.integer(3)) else {
            throw StoreError.unreadable(
                place: "row \(sequence) of the journal",
                reason: "its kind \(row.integer(3)) is unknown to this release")
        }
        self.init(
            sequence: sequence, execution: row.integer(1), previous: row.integer(2), kind: kind,
            body: row.bytes(4))
        // Rows of older releases have none.
        guard row.isNull(5) || row.integer(5) == checksum else {
            throw StoreError.damagedRow(self, reason: "its checksum is wrong")
        }
    }
}
