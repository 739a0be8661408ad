/// The tables of the queues.
///
/// Bodies lie apart, because a message is rewritten with each receive and its body may be many pages. The
/// triggers keep a queue's counts with every change of its messages, so that nothing has to count.
extension Migrations {
    static let queues =
        queueTables + [
            // Deleting a queue and expiry walk along the age.
            "CREATE INDEX queue_messages_by_age ON queue_messages (queue, message)",
            // A receive walks along this one and meets nothing that is delayed or received.
            """
            CREATE INDEX queue_messages_ready ON queue_messages (queue, priority, message) WHERE state = 0
            """,
            // What becomes ready next; the state only so that counting reads no table.
            """
            CREATE INDEX queue_messages_waiting ON queue_messages (queue, visible, message, state)
            WHERE state <> 0
            """,
            """
            CREATE TRIGGER queue_message_added AFTER INSERT ON queue_messages BEGIN
                UPDATE queues SET ready = ready + (NEW.state = 0), delayed = delayed + (NEW.state = 1),
                    received = received + (NEW.state = 2)
                WHERE queue = NEW.queue;
            END
            """,
            """
            CREATE TRIGGER queue_message_removed AFTER DELETE ON queue_messages BEGIN
                UPDATE queues SET ready = ready - (OLD.state = 0), delayed = delayed - (OLD.state = 1),
                    received = received - (OLD.state = 2)
                WHERE queue = OLD.queue;
                DELETE FROM queue_bodies WHERE message = OLD.message;
            END
            """,
            """
            CREATE TRIGGER queue_message_changed AFTER UPDATE OF state ON queue_messages
            WHEN OLD.state <> NEW.state BEGIN
                UPDATE queues SET ready = ready + (NEW.state = 0) - (OLD.state = 0),
                    delayed = delayed + (NEW.state = 1) - (OLD.state = 1),
                    received = received + (NEW.state = 2) - (OLD.state = 2)
                WHERE queue = NEW.queue;
            END
            """,
        ]

    private static let queueTables = [
        """
        CREATE TABLE queues (
            queue INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            delay INTEGER NOT NULL,
            visibility_timeout INTEGER NOT NULL,
            message_bytes_max INTEGER NOT NULL,
            retention INTEGER NOT NULL,
            polling_wait INTEGER NOT NULL,
            dead_letter_queue TEXT,
            receives_max INTEGER NOT NULL,
            created INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            ready INTEGER NOT NULL DEFAULT 0,
            delayed INTEGER NOT NULL DEFAULT 0,
            received INTEGER NOT NULL DEFAULT 0,
            is_deleted INTEGER NOT NULL DEFAULT 0
        ) STRICT
        """,
        "CREATE UNIQUE INDEX queues_by_name ON queues (name) WHERE is_deleted = 0",
        """
        CREATE TABLE queue_messages (
            message INTEGER PRIMARY KEY AUTOINCREMENT,
            queue INTEGER NOT NULL,
            id TEXT NOT NULL,
            priority INTEGER NOT NULL,
            state INTEGER NOT NULL,
            enqueued INTEGER NOT NULL,
            visible INTEGER NOT NULL,
            first_received INTEGER,
            receives INTEGER NOT NULL,
            receipt INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE TABLE queue_bodies (message INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT",
        // Written and pruned in the order of time, which is that of the rows.
        """
        CREATE TABLE queue_answers (
            answer INTEGER PRIMARY KEY AUTOINCREMENT,
            queue INTEGER NOT NULL,
            key TEXT NOT NULL,
            digest TEXT NOT NULL,
            text TEXT NOT NULL,
            time INTEGER NOT NULL,
            UNIQUE (queue, key)
        ) STRICT
        """,
    ]
}
