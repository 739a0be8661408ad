/// The tables of versions and aliases, and what flows got beside them.
extension Migrations {
    static let versions = [
        "ALTER TABLE flows ADD COLUMN environment TEXT NOT NULL DEFAULT '{}'",
        "ALTER TABLE flows ADD COLUMN resource_group TEXT NOT NULL DEFAULT ''",
        // A removed version keeps its row, so that its number is not given again.
        """
        CREATE TABLE flow_versions (
            flow INTEGER NOT NULL,
            number INTEGER NOT NULL,
            definition TEXT NOT NULL REFERENCES definitions (id),
            description TEXT NOT NULL,
            role_arn TEXT NOT NULL,
            environment TEXT NOT NULL,
            created INTEGER NOT NULL,
            is_removed INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (flow, number)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE flow_aliases (
            flow INTEGER NOT NULL,
            name TEXT NOT NULL,
            description TEXT NOT NULL,
            routes TEXT NOT NULL,
            created INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            PRIMARY KEY (flow, name)
        ) STRICT, WITHOUT ROWID
        """,
    ]
}
