import Foundation
import GRDB
import LoopSupport
import Testing

@testable import StateBackup

/// Databases of three services with the columns that are compared.
@Suite struct ReconciliationTests {
    private let folder: TemporaryFolder
    private let places: StatePlaces

    init() throws {
        folder = try TemporaryFolder()
        places = StatePlaces(stateFolder: folder.path, runtimeFolder: folder.path, lockFile: nil)
        try make(
            "flow-engine",
            """
            CREATE TABLE execution_index (execution INTEGER PRIMARY KEY, flow_name, name, status, labels);
            CREATE TABLE index_state (low_water_mark); INSERT INTO index_state VALUES (2);
            CREATE TABLE transitions (seq INTEGER PRIMARY KEY, execution, previous, kind, body BLOB);
            INSERT INTO execution_index VALUES (1, 'F', 'o-1', 'Running', '{"order":"o-1"}');
            INSERT INTO transitions VALUES (2, 2, 0, 1, CAST('{}' AS BLOB));
            """)
        try make(
            "order-store",
            """
            CREATE TABLE orders (number, flow, started, closed, paid);
            CREATE TABLE feed_cursor (feed, sequence); INSERT INTO feed_cursor VALUES ('executions', 2);
            CREATE TABLE outbox (id INTEGER PRIMARY KEY, target, method, subject);
            INSERT INTO orders VALUES ('o-1', 'F', 1, NULL, NULL);
            """)
        try make(
            "payment-gateway",
            """
            CREATE TABLE payments (payment_id, order_num, state);
            CREATE TABLE charges (order_num, state);
            CREATE TABLE feed_cursor (id, sequence); INSERT INTO feed_cursor VALUES (1, 2);
            CREATE TABLE outbox (id INTEGER PRIMARY KEY, target, method, subject);
            """)
    }

    private func make(_ service: String, _ sql: String) throws {
        try FileManager.default.createDirectory(
            atPath: places.folder(of: service), withIntermediateDirectories: true)
        let queue = try DatabaseQueue(path: places.database(of: service))
        try queue.write { db in try db.execute(sql: sql) }
        try queue.close()
    }

    private func change(_ service: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: places.database(of: service))
        try queue.write { db in try db.execute(sql: sql) }
        try queue.close()
    }

    @Test func `services that show one moment differ in nothing`() throws {
        let reconciliation = try Reconciliation.run(places)
        #expect(reconciliation.differences.isEmpty && !reconciliation.mustBeDecided)
    }

    @Test(
        arguments: [
            ("order-store", "INSERT INTO orders VALUES ('o-2', 'F', 0, NULL, NULL)", "orderNotStarted", true),
            (
                "order-store", "INSERT INTO orders VALUES ('o-2', 'F', 1, NULL, NULL)",
                "orderWithoutExecution", false
            ),
            ("order-store", "DELETE FROM orders", "executionWithoutOrder", false),
            ("order-store", "UPDATE feed_cursor SET sequence = 3", "orderCursorBeyondJournal", true),
            (
                "order-store", "INSERT INTO outbox VALUES (1, 'flow-engine', 'StartExecution', 'o-1')",
                "outbox", true
            ),
            ("payment-gateway", "INSERT INTO payments VALUES ('p', 'o-9', 'voided')", nil, true),
            ("payment-gateway", "UPDATE feed_cursor SET sequence = 3", "paymentCursorBeyondJournal", true),
            (
                "payment-gateway", "INSERT INTO charges VALUES ('o-1', 'pending')", "chargeUnknownToOrder",
                true
            ),
            ("flow-engine", "UPDATE execution_index SET status = 'Failed'", "orderBehindExecution", true),
        ] as [(String, String, String?, Bool)])
    func `what one does not know of another is named`(
        _ service: String, _ sql: String, _ kind: String?, _ heals: Bool
    ) throws {
        try change(service, sql)
        let reconciliation = try Reconciliation.run(places)
        #expect(reconciliation.differences.map(\.kind) == (kind.map { [$0] } ?? []))
        #expect(reconciliation.mustBeDecided == !heals)
    }

    @Test func `a payment of nobody's and a charge that is missing are a person's to decide`() throws {
        try change("payment-gateway", "INSERT INTO payments VALUES ('p', 'o-9', 'confirmed')")
        #expect(
            Set(try Reconciliation.run(places).differences.map(\.kind))
                == ["paymentWithoutExecution", "paymentWithoutOrder"])
        try change("payment-gateway", "UPDATE payments SET order_num = 'o-1'")
        try change("flow-engine", "UPDATE execution_index SET status = 'Succeeded'")
        #expect(
            Set(try Reconciliation.run(places).differences.map(\.kind))
                == ["chargeMissing", "orderBehindExecution"])
    }

    @Test func `what the index has not taken in yet is read from the journal`() throws {
        try change("order-store", "INSERT INTO orders VALUES ('o-2', 'F', 1, NULL, NULL)")
        try change(
            "flow-engine",
            """
            INSERT INTO transitions VALUES (3, 3, 0, 1, CAST(
              '{"start":{"flowName":"F","name":"o-2","labels":{"order":"o-2"}},"events":[]}' AS BLOB));
            """)
        #expect(try Reconciliation.run(places).differences.isEmpty)
        try change(
            "flow-engine",
            """
            INSERT INTO transitions VALUES (4, 3, 3, 2, CAST(
              '{"events":[[5],[19]]}' AS BLOB));
            """)
        #expect(try Reconciliation.run(places).differences.map(\.names) == [["o-2"]])
    }
}
