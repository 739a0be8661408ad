import GRDB
import Primitives
import WebPages

/// The sessions and the links that nobody has used yet, as rows.
struct SessionTable {
    let db: Database

    static func registerMigrations(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("sessions-1") { db in
            try db.execute(
                sql: """
                    CREATE TABLE sessions (
                      mark TEXT PRIMARY KEY, epoch TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
                      flows TEXT NOT NULL, access_key TEXT, access_key_mark TEXT,
                      created INTEGER NOT NULL, expires INTEGER NOT NULL, last_seen INTEGER NOT NULL,
                      seal TEXT NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE TABLE sign_in_links (
                      mark TEXT PRIMARY KEY, epoch TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
                      flows TEXT NOT NULL, expires INTEGER NOT NULL, seal TEXT NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
    }

    // MARK: Sessions

    private static let columns =
        "mark, name, role, flows, access_key, access_key_mark, created, expires, last_seen, seal"

    /// Those that the present credential signed and no other hand has changed.
    func all(_ signing: SessionSigning) throws -> [Session] {
        try Row.fetchAll(
            db, sql: "SELECT \(Self.columns) FROM sessions WHERE epoch = ?", arguments: [signing.epoch]
        ).compactMap { Self.session($0, signing) }
    }

    func session(_ mark: String, _ signing: SessionSigning) throws -> Session? {
        try Row.fetchOne(
            db, sql: "SELECT \(Self.columns) FROM sessions WHERE mark = ? AND epoch = ?",
            arguments: [mark, signing.epoch]
        ).flatMap { Self.session($0, signing) }
    }

    func insert(_ session: Session, _ signing: SessionSigning) throws {
        try db.execute(
            sql: "INSERT INTO sessions (\(Self.columns), epoch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                session.mark, session.name, session.role.rawValue, session.flows.joined(separator: " "),
                session.accessKey?.id, session.accessKey?.mark, session.created.microseconds,
                session.expires.microseconds, session.lastSeen.microseconds,
                signing.mark(.row, session.signedText), signing.epoch,
            ])
    }

    func setLastSeen(_ mark: String, _ time: Timestamp) throws {
        try db.execute(
            sql: "UPDATE sessions SET last_seen = ? WHERE mark = ?", arguments: [time.microseconds, mark])
    }

    /// Whether there was such a session.
    @discardableResult
    func delete(_ mark: String) throws -> Bool {
        try db.execute(sql: "DELETE FROM sessions WHERE mark = ?", arguments: [mark])
        return db.changesCount > 0
    }

    func deleteAll(ofKey id: String) throws {
        try db.execute(sql: "DELETE FROM sessions WHERE access_key = ?", arguments: [id])
    }

    /// Ends those that were idle longest until fewer than `max` are left. Returns their marks.
    ///
    /// - Parameter key: counts only those of this key, or of links when it is nil; not given: all.
    func makeRoom(below max: Int, ofKey key: String?? = .none) throws -> [String] {
        let (condition, arguments): (String, StatementArguments) =
            switch key {
            case .none: ("1", [])
            case .some(let id): ("access_key IS ?", [id])
            }
        let count =
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM sessions WHERE \(condition)", arguments: arguments)
            ?? 0
        guard count >= max else { return [] }
        let marks = try String.fetchAll(
            db, sql: "SELECT mark FROM sessions WHERE \(condition) ORDER BY last_seen, mark LIMIT ?",
            arguments: arguments + [count - max + 1])
        for mark in marks { try delete(mark) }
        return marks
    }

    /// Removes what is over: by the clock, or because another credential signed it.
    func sweep(_ signing: SessionSigning, at now: Timestamp, idleMax: Duration) throws {
        let now = now.microseconds
        let (seconds, attoseconds) = idleMax.components
        let idle = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        try db.execute(
            sql: "DELETE FROM sessions WHERE epoch <> ? OR expires <= ? OR last_seen <= ?",
            arguments: [signing.epoch, now, now - idle])
        try db.execute(
            sql: "DELETE FROM sign_in_links WHERE epoch <> ? OR expires <= ?",
            arguments: [signing.epoch, now])
    }

    private static func session(_ row: Row, _ signing: SessionSigning) -> Session? {
        guard let role = VisitorRole(rawValue: row[2]) else { return nil }
        var accessKey: Session.AccessKeyMark?
        if let id = row[4] as String?, let mark = row[5] as String? { accessKey = .init(id: id, mark: mark) }
        let session = Session(
            mark: row[0], name: row[1], role: role,
            flows: (row[3] as String).split(separator: " ").map(String.init), accessKey: accessKey,
            created: Timestamp(microseconds: row[6]), expires: Timestamp(microseconds: row[7]),
            lastSeen: Timestamp(microseconds: row[8]))
        return signing.isMark(row[9] as String, .row, session.signedText) ? session : nil
    }
}
