extension Migrations {
    /// `store_identity` tells a database from another that lies at the same place; copies share it.
    static let damage = [
        """
        CREATE TABLE store_identity (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            identity TEXT NOT NULL
        ) STRICT
        """,
        "INSERT INTO store_identity VALUES (1, lower(hex(randomblob(16))))",
        """
        CREATE TABLE journal_damages (
            first INTEGER PRIMARY KEY,
            last INTEGER NOT NULL,
            kind TEXT NOT NULL,
            execution INTEGER,
            reason TEXT NOT NULL,
            found INTEGER NOT NULL
        ) STRICT
        """,
    ]
}
