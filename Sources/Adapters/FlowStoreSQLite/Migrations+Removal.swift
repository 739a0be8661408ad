extension Migrations {
    /// What was taken out of the journal: how far it went, so that no sequence is used twice, and histories
    /// that are long and go in pieces, from their newest row on.
    static let removal = [
        """
        CREATE TABLE journal_removed (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            highest INTEGER NOT NULL
        ) STRICT
        """,
        "INSERT INTO journal_removed VALUES (1, 0)",
        """
        CREATE TABLE execution_removals (
            execution INTEGER PRIMARY KEY,
            next_row INTEGER NOT NULL
        ) STRICT
        """,
    ]
}
