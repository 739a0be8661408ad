import FlowWebAPI
import GRDB
import Primitives

/// The access keys, as rows.
struct AccessKeyTable {
    let db: Database

    static func registerMigrations(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("access-keys-1") { db in
            try db.execute(
                sql: """
                    CREATE TABLE access_keys (
                      id TEXT PRIMARY KEY, sealed_secret TEXT NOT NULL, role TEXT NOT NULL,
                      flows TEXT NOT NULL, description TEXT NOT NULL,
                      enabled INTEGER NOT NULL, created INTEGER NOT NULL,
                      last_used INTEGER
                    ) STRICT, WITHOUT ROWID;
                    CREATE TABLE access_seal (
                      name TEXT PRIMARY KEY, sealed TEXT NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
    }

    // MARK: The proof that the credential is the right one

    func check() throws -> String? {
        try String.fetchOne(db, sql: "SELECT sealed FROM access_seal WHERE name = 'check'")
    }

    func setCheck(_ sealed: String) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO access_seal (name, sealed) VALUES ('check', ?)", arguments: [sealed])
    }

    // MARK: Keys

    private static let columns =
        "id, sealed_secret, role, flows, description, enabled, created, last_used"

    func all() throws -> [SealedAccessKey] {
        try Row.fetchAll(db, sql: "SELECT \(Self.columns) FROM access_keys").map(Self.key)
    }

    func key(_ id: String) throws -> SealedAccessKey? {
        try Row.fetchOne(db, sql: "SELECT \(Self.columns) FROM access_keys WHERE id = ?", arguments: [id])
            .map(Self.key)
    }

    func count() throws -> Int { try Int.fetchOne(db, sql: "SELECT count(*) FROM access_keys") ?? 0 }

    /// Writes the key; one with the same id keeps when it was created and last used.
    func set(_ key: SealedAccessKey) throws {
        try db.execute(
            sql: """
                INSERT INTO access_keys (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, NULL)
                ON CONFLICT (id) DO UPDATE SET sealed_secret = excluded.sealed_secret,
                  role = excluded.role, flows = excluded.flows, description = excluded.description,
                  enabled = excluded.enabled
                """,
            arguments: [
                key.id, key.sealedSecret, key.role, key.flows, key.description, key.isEnabled,
                key.created.microseconds,
            ])
    }

    func reseal(_ id: String, _ sealed: String) throws {
        try db.execute(
            sql: "UPDATE access_keys SET sealed_secret = ? WHERE id = ?", arguments: [sealed, id])
    }

    /// Whether there is such a key.
    func setEnabled(_ id: String, _ isEnabled: Bool) throws -> Bool {
        try db.execute(
            sql: "UPDATE access_keys SET enabled = ? WHERE id = ?", arguments: [isEnabled, id])
        return db.changesCount > 0
    }

    func setLastUsed(_ id: String, _ time: Timestamp) throws {
        try db.execute(
            sql: "UPDATE access_keys SET last_used = ? WHERE id = ?", arguments: [time.microseconds, id])
    }

    /// Whether there was such a key.
    func delete(_ id: String) throws -> Bool {
        try db.execute(sql: "DELETE FROM access_keys WHERE id = ?", arguments: [id])
        return db.changesCount > 0
    }

    private static func key(_ row: Row) -> SealedAccessKey {
        SealedAccessKey(
            id: row[0], sealedSecret: row[1], role: row[2], flows: row[3], description: row[4],
            isEnabled: row[5], created: Timestamp(microseconds: row[6]),
            lastUsed: (row[7] as Int64?).map(Timestamp.init(microseconds:)))
    }
}

/// An access key as it is on disk: nothing of it reveals the secret.
struct SealedAccessKey: Sendable {
    let id: String
    let sealedSecret: String
    /// The role's word.
    let role: String
    /// Patterns with a space between.
    let flows: String
    let description: String
    let isEnabled: Bool
    let created: Timestamp
    var lastUsed: Timestamp?

    /// But for the secret and the times.
    func isSame(as other: SealedAccessKey) -> Bool {
        (role, flows, description, isEnabled)
            == (other.role, other.flows, other.description, other.isEnabled)
    }

    /// The key with its secret where the credential opens it.
    func opened(with credential: AccessCredential) -> (key: AccessKey, isPresent: Bool) {
        // A word that no build wrote: the weakest role, and the secret does not open beside it.
        let role = AccessKeyRole(rawValue: self.role) ?? .read
        let flows = self.flows.split(separator: " ").map(String.init)
        let opened = credential.open(sealedSecret, place: AccessKey.place(id, role, flows))
        let key = AccessKey(
            id: id, secret: opened?.text, role: role, flows: flows, description: description,
            isEnabled: isEnabled, created: created, lastUsed: lastUsed)
        return (key, opened?.isPresent ?? true)
    }
}
