/// The tables of the topics.
///
/// A message is stored once however many subscriptions wait for it, and goes away with its last push. The
/// triggers keep the counts, so that nothing has to count.
extension Migrations {
    static let topics =
        topicTables + [
            "CREATE UNIQUE INDEX topics_by_name ON topics (name)",
            """
            CREATE UNIQUE INDEX topic_subscriptions_by_name ON topic_subscriptions (topic, name)
            WHERE is_deleted = 0
            """,
            """
            CREATE INDEX topic_subscriptions_deleted ON topic_subscriptions (is_deleted)
            WHERE is_deleted = 1
            """,
            // What is due next for a subscription, and who has anything at all.
            "CREATE INDEX topic_pushes_due ON topic_pushes (subscription, next, push)",
            "CREATE INDEX topic_pushes_by_message ON topic_pushes (message)",
            """
            CREATE TRIGGER topic_message_added AFTER INSERT ON topic_messages BEGIN
                UPDATE topics SET messages = messages + 1 WHERE topic = NEW.topic;
            END
            """,
            """
            CREATE TRIGGER topic_message_removed AFTER DELETE ON topic_messages BEGIN
                UPDATE topics SET messages = messages - 1 WHERE topic = OLD.topic;
            END
            """,
            """
            CREATE TRIGGER topic_push_added AFTER INSERT ON topic_pushes BEGIN
                UPDATE topic_subscriptions SET pending = pending + 1 WHERE subscription = NEW.subscription;
            END
            """,
            """
            CREATE TRIGGER topic_push_removed AFTER DELETE ON topic_pushes BEGIN
                UPDATE topic_subscriptions SET pending = pending - 1 WHERE subscription = OLD.subscription;
                DELETE FROM topic_messages WHERE message = OLD.message
                    AND NOT EXISTS (SELECT 1 FROM topic_pushes WHERE message = OLD.message);
            END
            """,
        ]

    private static let topicTables = [
        """
        CREATE TABLE topics (
            topic INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            message_bytes_max INTEGER NOT NULL,
            retention INTEGER NOT NULL,
            is_logged INTEGER NOT NULL,
            created INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            messages INTEGER NOT NULL DEFAULT 0
        ) STRICT
        """,
        """
        CREATE TABLE topic_subscriptions (
            subscription INTEGER PRIMARY KEY AUTOINCREMENT,
            topic INTEGER NOT NULL,
            topic_name TEXT NOT NULL,
            name TEXT NOT NULL,
            endpoint TEXT NOT NULL,
            strategy TEXT NOT NULL,
            format TEXT NOT NULL,
            filter_tag TEXT,
            created INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            dropped INTEGER NOT NULL,
            last_failure TEXT,
            last_failure_time INTEGER,
            pending INTEGER NOT NULL DEFAULT 0,
            is_deleted INTEGER NOT NULL DEFAULT 0
        ) STRICT
        """,
        """
        CREATE TABLE topic_messages (
            message INTEGER PRIMARY KEY AUTOINCREMENT,
            topic INTEGER NOT NULL,
            id TEXT NOT NULL,
            tag TEXT,
            published INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE topic_pushes (
            push INTEGER PRIMARY KEY AUTOINCREMENT,
            message INTEGER NOT NULL,
            subscription INTEGER NOT NULL,
            failures INTEGER NOT NULL,
            next INTEGER NOT NULL
        ) STRICT
        """,
    ]
}
