import GRDB
import Primitives

/// The rules set at run time, as rows.
struct SupplierTable {
    let db: Database

    static func registerMigrations(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("supplier-rules-1") { db in
            try db.execute(
                sql: """
                    CREATE TABLE supplier_rules (
                      supplier TEXT PRIMARY KEY, payment_methods TEXT NOT NULL, updated INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
    }

    /// Payment methods by supplier.
    func all() throws -> [String: [String]] {
        let rows = try Row.fetchAll(db, sql: "SELECT supplier, payment_methods FROM supplier_rules")
        return Dictionary(
            uniqueKeysWithValues: rows.map { row in
                (row[0] as String, (row[1] as String).split(separator: ",").map(String.init))
            })
    }

    func set(_ supplier: String, _ methods: [String], at now: Timestamp) throws {
        try db.execute(
            sql: """
                INSERT INTO supplier_rules (supplier, payment_methods, updated) VALUES (?, ?, ?)
                ON CONFLICT (supplier) DO UPDATE SET payment_methods = excluded.payment_methods,
                  updated = excluded.updated
                """, arguments: [supplier, methods.joined(separator: ","), now.microseconds])
    }

    /// Whether there was a rule.
    func unset(_ supplier: String) throws -> Bool {
        try db.execute(sql: "DELETE FROM supplier_rules WHERE supplier = ?", arguments: [supplier])
        return db.changesCount > 0
    }
}
