import GRDB

/// The tables that say nothing the journal does not say: they may be thrown away at any time.
enum DerivedTables {
    static let names = [
        "execution_index", "execution_labels", "execution_counts", "execution_minutes", "segments",
    ]

    /// Makes them anew, in the shape that the migrations gave them.
    ///
    /// - Parameter isReadable: their pages are given back; else they stay, unused, until the next compaction.
    static func remake(in db: Database, isReadable: Bool) throws {
        let shapes = try String.fetchAll(
            db,
            sql: """
                SELECT sql FROM sqlite_schema WHERE tbl_name IN (\(marks)) AND sql IS NOT NULL
                ORDER BY type = 'table' DESC, rowid
                """, arguments: StatementArguments(names))
        if isReadable {
            for name in names { try db.execute(sql: "DROP TABLE \(name)") }
        } else {
            try SQLiteStore.leaveAside(names, in: db)
        }
        for shape in shapes { try db.execute(sql: shape) }
        try db.execute(sql: "UPDATE index_state SET low_water_mark = 0, tally_mark = 0")
    }

    private static var marks: String { names.map { _ in "?" }.joined(separator: ", ") }
}

extension SQLiteStore {
    /// Takes tables out of the schema without looking at their pages, which stay until the next compaction.
    static func leaveAside(_ tables: [String], in db: Database) throws {
        try db.execute(sql: "PRAGMA writable_schema = ON")
        for table in tables {
            try db.execute(sql: "DELETE FROM sqlite_schema WHERE tbl_name = ?", arguments: [table])
        }
        // The connection reads the schema again; the switch goes off with it.
        try db.execute(sql: "PRAGMA writable_schema = RESET")
    }
}
