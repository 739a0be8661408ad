import GRDB

/// The steps that lead from an empty file to the present tables. A released step is never edited.
enum Migrations {
    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 journal, catalog, index") { db in
            for statement in first { try db.execute(sql: statement) }
        }
        migrator.registerMigration("2 origin of executions") { db in
            try db.execute(sql: "ALTER TABLE execution_index ADD COLUMN origin TEXT NOT NULL DEFAULT '{}'")
        }
        migrator.registerMigration("3 queues") { db in
            for statement in queues { try db.execute(sql: statement) }
        }
        migrator.registerMigration("4 versions and aliases of flows") { db in
            for statement in versions { try db.execute(sql: statement) }
        }
        migrator.registerMigration("5 segments of histories") { db in
            for statement in segments { try db.execute(sql: statement) }
        }
        migrator.registerMigration("6 schedules") { db in
            for statement in schedules { try db.execute(sql: statement) }
        }
        migrator.registerMigration("7 logging of queues") { db in
            try db.execute(sql: "ALTER TABLE queues ADD COLUMN is_logged INTEGER NOT NULL DEFAULT 0")
        }
        migrator.registerMigration("8 topics") { db in
            for statement in topics { try db.execute(sql: statement) }
        }
        migrator.registerMigration("9 searching executions") { db in
            for statement in search { try db.execute(sql: statement) }
        }
        migrator.registerMigration("10 checksums of the journal") { db in
            try db.execute(sql: "ALTER TABLE transitions ADD COLUMN checksum INTEGER")
        }
        migrator.registerMigration("11 damage") { db in
            for statement in damage { try db.execute(sql: statement) }
        }
        migrator.registerMigration("12 removal of executions") { db in
            for statement in removal { try db.execute(sql: statement) }
        }
        migrator.registerMigration("13 executions that go on may wait") { db in
            try db.execute(sql: "ALTER TABLE index_state ADD COLUMN tally_mark INTEGER NOT NULL DEFAULT 0")
            try db.execute(sql: "UPDATE index_state SET tally_mark = low_water_mark")
        }
        return migrator
    }

    /// Throws: the file is of another release.
    static func check(_ db: Database) throws {
        if try migrator.hasBeenSuperseded(db) { throw newer }
        guard try migrator.hasCompletedMigrations(db) else {
            throw StoreFault(reason: "an older release has written it: start the engine with it once")
        }
    }

    private static var newer: StoreFault {
        StoreFault(reason: "a newer release has written it: install that release again")
    }

    static func run(on queue: DatabaseQueue) throws {
        let migrations = migrator
        let isNewer = try queue.writeWithoutTransaction { try migrations.hasBeenSuperseded($0) }
        if isNewer { throw newer }
        try migrations.migrate(queue)
    }

    private static let first = [
        // The log. Appended to only, so that the rows of a commit lie on few pages, and without an index.
        """
        CREATE TABLE transitions (
            seq INTEGER PRIMARY KEY,
            execution INTEGER NOT NULL,
            previous INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            body BLOB NOT NULL
        ) STRICT
        """,
        "CREATE TABLE definitions (id TEXT PRIMARY KEY NOT NULL, text TEXT NOT NULL) STRICT",
        """
        CREATE TABLE flows (
            flow INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            definition TEXT NOT NULL REFERENCES definitions (id),
            description TEXT NOT NULL,
            type TEXT NOT NULL,
            role_arn TEXT NOT NULL,
            external_storage_location TEXT NOT NULL,
            execution_mode TEXT NOT NULL,
            created INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            deleted INTEGER
        ) STRICT
        """,
        "CREATE UNIQUE INDEX flows_by_name ON flows (name) WHERE deleted IS NULL",
        "CREATE INDEX flows_deleted_by_name ON flows (name, flow) WHERE deleted IS NOT NULL",
        // Derived from transitions, and may be emptied at any time.
        """
        CREATE TABLE execution_index (
            execution INTEGER PRIMARY KEY,
            flow INTEGER NOT NULL,
            flow_name TEXT NOT NULL,
            name TEXT NOT NULL,
            definition TEXT NOT NULL,
            labels TEXT NOT NULL,
            status TEXT NOT NULL,
            started INTEGER NOT NULL,
            stopped INTEGER,
            last_seq INTEGER NOT NULL,
            last_event INTEGER NOT NULL,
            deadline INTEGER,
            undelivered INTEGER NOT NULL,
            error TEXT,
            cause TEXT,
            UNIQUE (flow, name)
        ) STRICT
        """,
        "CREATE INDEX execution_index_by_flow ON execution_index (flow, execution)",
        "CREATE INDEX execution_index_open ON execution_index (execution) WHERE status = 'Running'",
        """
        CREATE TABLE index_state (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            low_water_mark INTEGER NOT NULL
        ) STRICT
        """,
        "INSERT INTO index_state VALUES (1, 0)",
    ]
}
