import GRDB
import ServiceLedger

/// The gateway's tables; a released step is never edited.
enum PaymentGatewayMigrations {
    static func register(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("payments-1") { db in
            try db.execute(sql: payments)
            try db.execute(sql: requests)
            try db.execute(sql: chargesAndFeed)
        }
        migrator.registerMigration("payments-2") { db in
            try db.execute(sql: "CREATE INDEX payments_by_method ON payments (method)")
            try PaymentTable.sums.create(db)
            try PaymentTable(db: db).sumAll()
        }
    }

    /// Shape: money is a decimal as text; times are microseconds. At most one payment of an order is not
    /// voided.
    private static let payments = """
        CREATE TABLE payments (
          id INTEGER PRIMARY KEY, payment_id TEXT NOT NULL UNIQUE, order_num TEXT NOT NULL,
          method TEXT NOT NULL, price TEXT NOT NULL, charged TEXT, state TEXT NOT NULL, reason TEXT,
          origin TEXT NOT NULL, flow TEXT, accepted INTEGER NOT NULL, updated INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX payments_by_order ON payments (order_num, id);
        CREATE UNIQUE INDEX payments_live ON payments (order_num) WHERE state <> 'voided';
        CREATE INDEX payments_by_state ON payments (state, id);
        """

    private static let requests = """
        CREATE TABLE payment_requests (
          id INTEGER PRIMARY KEY, order_num TEXT NOT NULL, key TEXT NOT NULL, token TEXT NOT NULL,
          offer TEXT NOT NULL, flow TEXT, execution TEXT, scheduled_event_id INTEGER, state TEXT NOT NULL,
          payment_id TEXT, message_id INTEGER, created INTEGER NOT NULL, UNIQUE (order_num, key)
        ) STRICT;
        CREATE INDEX payment_requests_by_execution ON payment_requests (execution);
        """

    private static let chargesAndFeed = """
        CREATE TABLE charges (
          order_num TEXT PRIMARY KEY, key TEXT NOT NULL, payment_id TEXT NOT NULL, method TEXT NOT NULL,
          price TEXT NOT NULL, amount TEXT NOT NULL, state TEXT NOT NULL, refusal_name TEXT,
          refusal_message TEXT, message_id INTEGER, created INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE feed_cursor (id INTEGER PRIMARY KEY CHECK (id = 1), sequence INTEGER NOT NULL) STRICT;
        INSERT INTO feed_cursor (id, sequence) VALUES (1, 0);
        """
}
