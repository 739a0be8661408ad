import GRDB
import LoopSupport
import Primitives
import ServiceLedger
import Testing

@Suite struct RunningSumsTests {
    private let sums = RunningSums(table: "sums")

    private func database() throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        try queue.write { try sums.create($0) }
        return queue
    }

    private func row(_ group: String, _ state: String, _ amount: Int64?, _ charged: Int64? = nil) -> SummedRow
    {
        SummedRow(
            group: group, state: state, amount: amount.map { DecimalNumber($0) },
            charged: charged.map { DecimalNumber($0) })
    }

    private func time(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

    private func read(
        _ queue: DatabaseQueue, _ since: String? = nil, _ until: String? = nil, group: String? = nil
    ) throws -> [String] {
        let stretch = SummedTime(since: try since.map(time), until: try until.map(time))
        return try queue.read { try sums.read($0, of: stretch, group: group) }.map {
            "\($0.group) \($0.state) \($0.count) \($0.amount) \($0.charged)"
        }
    }

    @Test func `a row is counted where it is, and nowhere else`() throws {
        let queue = try database()
        let began = try time("2026-11-23T09:30:00Z")
        try queue.write { db in
            try sums.move(db, from: nil, to: row("a", "open", 100), began: began)
            try sums.move(db, from: nil, to: row("a", "open", nil), began: began)
            try sums.move(db, from: nil, to: row("b", "open", 7), began: began)
        }
        #expect(try read(queue) == ["a open 2 100 0", "b open 1 7 0"])
        try queue.write { db in
            try sums.move(db, from: row("a", "open", 100), to: row("a", "paid", 100, 80), began: began)
            try sums.move(db, from: row("a", "open", nil), to: row("a", "paid", nil, 5), began: began)
        }
        #expect(try read(queue) == ["a paid 2 100 85", "b open 1 7 0"])
        #expect(try read(queue, group: "b") == ["b open 1 7 0"])
        try queue.write { try sums.move($0, from: row("b", "open", 7), to: nil, began: began) }
        #expect(try read(queue) == ["a paid 2 100 85"])
        #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sums") } == 3)
    }

    @Test func `a stretch of time holds the quarters it touches and the days between`() throws {
        let queue = try database()
        for (text, amount) in [
            ("2026-11-21T23:59:59Z", 1), ("2026-11-22T00:00:00Z", 2), ("2026-11-22T12:00:00Z", 4),
            ("2026-11-23T09:29:59Z", 8), ("2026-11-23T09:30:00Z", 16), ("2026-11-23T09:44:59Z", 32),
            ("2026-11-23T09:45:00Z", 64),
        ] as [(String, Int64)] {
            let began = try time(text)
            try queue.write { try sums.move($0, from: nil, to: row("a", "s", amount), began: began) }
        }
        #expect(try read(queue) == ["a s 7 127 0"])
        #expect(try read(queue, "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z") == ["a s 2 6 0"])
        #expect(try read(queue, "2026-11-23T09:40:00Z", "2026-11-23T09:41:00Z") == ["a s 2 48 0"])
        #expect(try read(queue, "2026-11-21T23:50:00Z", "2026-11-23T09:45:00Z") == ["a s 6 63 0"])
        #expect(try read(queue, "2026-11-22T11:00:00Z") == ["a s 5 124 0"])
        #expect(try read(queue, nil, "2026-11-22T00:00:00Z") == ["a s 1 1 0"])
        #expect(try read(queue, "2026-11-24T00:00:00Z") == [])
        #expect(try read(queue, "2026-11-23T10:00:00Z", "2026-11-23T09:00:00Z") == [])
    }

    @Test func `what would hold up the loop is refused`() throws {
        let queue = try database()
        let began = try time("2026-11-23T09:30:00Z")
        try queue.write { db in
            try db.execute(
                sql: """
                    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
                    INSERT INTO sums SELECT 0, 0, 'g' || i, 's', 1, '1', '0' FROM n
                    """, arguments: [RunningSums.rowsReadMax])
        }
        #expect(throws: RunningSums.TooMany.self) { try read(queue) }
        #expect(try read(queue, group: "g7") == ["g7 s 1 1 0"])
        #expect(try read(queue, began.description) == [])
    }
}
