package import GRDB
import ServiceLedger

/// The tables of order-store. A released migration is never edited.
package enum OrderStoreMigrations {
    /// Money is the text of a decimal. `closed` is null while the order is open, which the partial index
    /// counts.
    package static func register(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("orders-1") { db in
            try db.execute(
                sql: """
                    CREATE TABLE orders (
                      id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, supplier TEXT NOT NULL,
                      products TEXT NOT NULL, address TEXT NOT NULL, total TEXT, flow TEXT NOT NULL,
                      flow_asked TEXT, submitted INTEGER NOT NULL, status TEXT NOT NULL,
                      methods TEXT NOT NULL, method TEXT, price TEXT, paid TEXT, reason TEXT,
                      closed INTEGER, started INTEGER NOT NULL
                    ) STRICT;
                    CREATE INDEX orders_open ON orders (id) WHERE closed IS NULL;
                    CREATE TABLE order_changes (
                      order_id INTEGER NOT NULL, position INTEGER NOT NULL, time INTEGER NOT NULL,
                      status TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (order_id, position)
                    ) STRICT, WITHOUT ROWID;
                    CREATE TABLE feed_cursor (
                      feed TEXT PRIMARY KEY, sequence INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
        registerShop(&migrator)
    }

    /// The catalogue, orders of items, and what shows all orders at a glance: kept sums and the feed of
    /// changes. `items` is null for an order by text.
    private static func registerShop(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("orders-2") { db in
            try db.execute(
                sql: """
                    ALTER TABLE orders ADD COLUMN items TEXT;
                    CREATE INDEX orders_by_status ON orders (status);
                    CREATE INDEX orders_by_supplier ON orders (supplier);
                    CREATE INDEX orders_by_supplier_and_status ON orders (supplier, status);
                    """)
            try CatalogueTable.create(db)
            try CatalogueSeed.put(into: db)
            try OrderFeedTable.create(db)
            try OrderTable.sums.create(db)
            try OrderTable.sumAll(db)
        }
    }
}
