extension Migrations {
    /// Derived from transitions, as the index is; it is made again with what it has not noted so far.
    static let search = [
        "ALTER TABLE execution_index ADD COLUMN open_steps TEXT",
        """
        CREATE INDEX execution_index_troubled ON execution_index (execution)
        WHERE status IN ('Failed', 'TimedOut', 'Stopped')
        """,
        """
        CREATE TABLE execution_labels (
            value TEXT NOT NULL,
            name TEXT NOT NULL,
            execution INTEGER NOT NULL,
            PRIMARY KEY (value, name, execution)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE execution_counts (
            flow_name TEXT PRIMARY KEY NOT NULL,
            running INTEGER NOT NULL,
            succeeded INTEGER NOT NULL,
            failed INTEGER NOT NULL,
            timed_out INTEGER NOT NULL,
            stopped INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE execution_minutes (
            minute INTEGER PRIMARY KEY,
            running INTEGER NOT NULL,
            succeeded INTEGER NOT NULL,
            failed INTEGER NOT NULL,
            timed_out INTEGER NOT NULL,
            stopped INTEGER NOT NULL
        ) STRICT
        """,
        "DELETE FROM execution_index",
        "UPDATE index_state SET low_water_mark = 0",
    ]
}
