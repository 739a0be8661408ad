import FlowModel
import GRDB
package import Primitives

/// What the databases of the services say of one another, before any of them runs.
package struct Reconciliation: Sendable {
    package struct Difference: Sendable, Hashable {
        /// The services mend it when they run; else a person must decide.
        package let heals: Bool
        /// What it is about, for programs: `orderWithoutExecution`, …
        package let kind: String
        package let count: Int64
        /// Some of them by name.
        package let names: [String]
        package let sentence: String

        package var json: JSONObject {
            [
                "kind": .string(kind), "heals": .bool(heals), "count": .integer(count),
                "names": .array(names.map(JSONValue.string)), "sentence": .string(sentence),
            ]
        }
    }

    static let namesMax = 20
    package private(set) var differences: [Difference] = []
    package var mustBeDecided: Bool { differences.contains { !$0.heals } }

    private let db: DatabaseQueue

    /// Throws: a database can't be read.
    package static func run(_ places: StatePlaces) throws(BackupFault) -> Reconciliation {
        do {
            var reconciliation = Reconciliation(db: try DatabaseQueue())
            try reconciliation.look(places)
            try reconciliation.db.close()
            return reconciliation
        } catch {
            throw BackupFault(.damaged, "what was restored can't be compared: \(error)")
        }
    }

    private init(db: DatabaseQueue) { self.db = db }

    private mutating func look(_ places: StatePlaces) throws {
        var attached: Set<String> = []
        try db.inDatabase { db in
            for (service, schema) in [
                ("flow-engine", "engine"), ("order-store", "orders"), ("payment-gateway", "payments"),
                ("supplier-rules", "rules"),
            ] where DurableFile.exists(places.database(of: service)) {
                try db.execute(sql: "ATTACH ? AS \(schema)", arguments: [places.database(of: service)])
                attached.insert(schema)
            }
        }
        if attached.contains("engine") {
            try run(Self.executions)
            if attached.contains("orders") { try lookAtOrders() }
            if attached.contains("payments") { try lookAtPayments() }
        }
        if attached.isSuperset(of: ["orders", "payments"]) { try lookAtOrdersOfPayments() }
        for schema in ["orders", "payments", "rules"] where attached.contains(schema) {
            try lookAtOutbox(schema)
        }
    }

    private func run(_ statements: [String]) throws {
        try db.inDatabase { db in for statement in statements { try db.execute(sql: statement) } }
    }

    /// The executions of the index, with what the journal says behind its low-water mark.
    private static let executions = [
        """
        CREATE TEMP TABLE executions (
          execution INTEGER PRIMARY KEY, flow TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL,
          for_order TEXT
        )
        """,
        """
        INSERT INTO executions
        SELECT execution, flow_name, name, status, labels ->> '$.order' FROM engine.execution_index
        """,
        """
        INSERT OR REPLACE INTO executions
        SELECT execution, CAST(body AS TEXT) ->> '$.start.flowName', CAST(body AS TEXT) ->> '$.start.name',
          'Running', CAST(body AS TEXT) ->> '$.start.labels.order'
        FROM engine.transitions WHERE previous = 0
          AND seq > (SELECT low_water_mark FROM engine.index_state)
        """,
        """
        UPDATE executions SET status = ended.status FROM (
          SELECT execution, CASE CAST(body AS TEXT) ->> '$.events[#-1][0]' \(statusOfCode) END AS status
          FROM engine.transitions WHERE kind = 2 AND seq > (SELECT low_water_mark FROM engine.index_state)
        ) AS ended WHERE ended.execution = executions.execution
        """,
        "CREATE INDEX temp.executions_by_name ON executions (name, flow)",
    ]

    /// Of the last event's type, as the journal writes it.
    private static let statusOfCode = HistoryEventType.allCases.compactMap { type in
        type.endStatus.map { "WHEN \(type.code) THEN '\($0.rawValue)'" }
    }.joined(separator: " ")

    /// Notes the names that a query gives, if there are any.
    private mutating func note(_ kind: String, heals: Bool, _ sentence: String, _ query: String) throws {
        let (count, names) = try db.inDatabase { db in
            (
                try Int64.fetchOne(db, sql: "SELECT count(*) FROM (\(query))") ?? 0,
                try String.fetchAll(db, sql: "\(query) LIMIT \(Self.namesMax)")
            )
        }
        guard count > 0 else { return }
        differences.append(
            Difference(heals: heals, kind: kind, count: count, names: names, sentence: sentence))
    }
}

// MARK: - What is compared

extension Reconciliation {
    private static let isKnown = """
        EXISTS (SELECT 1 FROM executions WHERE executions.name = number AND executions.flow = orders.flow)
        """

    private mutating func lookAtOrders() throws {
        try note(
            "orderNotStarted", heals: true, "orders that the engine does not know yet: they are started",
            """
            SELECT number FROM orders.orders WHERE started = 0 AND closed IS NULL AND NOT \(Self.isKnown)
            """)
        try note(
            "orderWithoutExecution", heals: false,
            "open orders whose execution the engine does not know: cancel them, or restore a newer engine",
            """
            SELECT number FROM orders.orders WHERE started = 1 AND closed IS NULL AND NOT \(Self.isKnown)
            """)
        try note(
            "orderBehindExecution", heals: true,
            "open orders whose execution has ended: the engine's feed closes them",
            """
            SELECT number FROM orders.orders JOIN executions
              ON executions.name = number AND executions.flow = orders.flow
            WHERE closed IS NULL AND executions.status <> 'Running'
            """)
        try note(
            "executionWithoutOrder", heals: false,
            "running executions of orders that order-store does not know: stop them, or restore a newer "
                + "order-store",
            """
            SELECT name FROM executions WHERE status = 'Running' AND for_order = name
              AND NOT EXISTS (
                SELECT 1 FROM orders.orders WHERE number = name AND orders.flow = executions.flow)
            """)
        try note(
            "orderCursorBeyondJournal", heals: true,
            "order-store has followed the engine beyond what the journal holds: it reads the feed anew and "
                + "asks about each open order",
            "SELECT CAST(sequence AS TEXT) FROM orders.feed_cursor WHERE sequence > \(Self.newest)")
    }

    private static let newest = "(SELECT coalesce(max(seq), 0) FROM engine.transitions)"

    private mutating func lookAtPayments() throws {
        try note(
            "paymentWithoutExecution", heals: false,
            "payments that are not voided and whose execution the engine does not know",
            """
            SELECT payment_id FROM payments.payments WHERE state IN ('accepted', 'confirmed')
              AND NOT EXISTS (SELECT 1 FROM executions WHERE name = order_num)
            """)
        try note(
            "chargeMissing", heals: false,
            "payments whose execution succeeded and for which no charge is known: charge them by hand, or "
                + "restore a newer payment-gateway",
            """
            SELECT payment_id FROM payments.payments JOIN executions ON executions.name = order_num
            WHERE state IN ('accepted', 'confirmed') AND executions.status = 'Succeeded'
              AND NOT EXISTS (SELECT 1 FROM payments.charges WHERE charges.order_num = payments.order_num)
            """)
        try note(
            "paymentCursorBeyondJournal", heals: true,
            "payment-gateway has followed the engine beyond what the journal holds: it reads the feed anew",
            "SELECT CAST(sequence AS TEXT) FROM payments.feed_cursor WHERE sequence > \(Self.newest)")
    }

    private mutating func lookAtOrdersOfPayments() throws {
        try note(
            "paymentWithoutOrder", heals: false, "payments that are not voided, of orders that do not exist",
            """
            SELECT payment_id FROM payments.payments WHERE state <> 'voided'
              AND NOT EXISTS (SELECT 1 FROM orders.orders WHERE number = order_num)
            """)
        try note(
            "chargeUnknownToOrder", heals: true,
            "charges that order-store has not noted yet: payment-gateway tells it again",
            """
            SELECT charges.order_num FROM payments.charges JOIN orders.orders ON number = order_num
            WHERE charges.state = 'pending' AND orders.paid IS NULL
            """)
    }

    private mutating func lookAtOutbox(_ schema: String) throws {
        let service = ["orders": "order-store", "payments": "payment-gateway", "rules": "supplier-rules"]
        try note(
            "outbox", heals: true,
            "messages of \(service[schema] ?? schema) that are sent again, under their first keys",
            "SELECT target || ' ' || method || ' ' || subject FROM \(schema).outbox ORDER BY id")
    }
}
