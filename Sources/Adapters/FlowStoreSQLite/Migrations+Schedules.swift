extension Migrations {
    static let schedules = [
        """
        CREATE TABLE schedules (
            schedule INTEGER PRIMARY KEY AUTOINCREMENT,
            flow INTEGER NOT NULL,
            flow_name TEXT NOT NULL,
            name TEXT NOT NULL,
            id TEXT NOT NULL,
            expression TEXT NOT NULL,
            payload TEXT NOT NULL,
            description TEXT NOT NULL,
            enabled INTEGER NOT NULL,
            created INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            anchor INTEGER NOT NULL,
            next INTEGER,
            last INTEGER,
            last_execution TEXT NOT NULL,
            missed INTEGER NOT NULL,
            UNIQUE (flow, name)
        ) STRICT
        """
    ]
}
