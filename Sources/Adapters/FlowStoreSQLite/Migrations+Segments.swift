extension Migrations {
    /// Derived from transitions, and may be emptied at any time. States lie outside of the index, which a
    /// search for a segment reads alone.
    static let segments = [
        """
        CREATE TABLE segments (
            execution INTEGER NOT NULL,
            last_event INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            state BLOB NOT NULL,
            UNIQUE (execution, last_event)
        ) STRICT
        """
    ]
}
