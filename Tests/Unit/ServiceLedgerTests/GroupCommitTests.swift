import GRDB
import LoopSupport
import RPCProtocol
import ServiceLedger
import Testing

@Suite(.timeLimit(.minutes(1)))
struct GroupCommitTests {
    @Test func `what is asked for in one tick is one commit, in the order asked`() async throws {
        let ledger = try Ledger()
        try await ledger.inOneTick((1...10).map { number in { try? await ledger.note("note \(number)") } })
        #expect(ledger.store.commits == 1)
        #expect(try await ledger.notes() == (1...10).map { "note \($0)" })
    }

    @Test func `a write that returned is on disk`() async throws {
        let ledger = try Ledger()
        try await ledger.note("kept")
        #expect(try await ledger.afterCrash().notes() == ["kept"])
    }

    @Test func `a refused job keeps nothing while the others of its commit are kept`() async throws {
        let ledger = try Ledger()
        let store = ledger.store
        try await ledger.inOneTick([
            { try? await ledger.note("before") },
            {
                let refusal = await #expect(throws: RPCError.self) {
                    try await store.write { db in
                        try db.execute(sql: "INSERT INTO notes VALUES ('refused')")
                        throw RPCError("NotThisOne", "no")
                    }
                }
                #expect(refusal?.name == "NotThisOne")
            },
            { try? await ledger.note("after") },
        ])
        #expect(try await ledger.notes() == ["before", "after"])
        #expect(store.commits == 1)
        #expect(ledger.faults.texts.isEmpty)
    }

    @Test
    func `a database that is full answers with the reason, keeps nothing and works again when there is room`()
        async throws
    {
        let ledger = try Ledger()
        try await ledger.note("first")
        try await ledger.limitPages(toPresentAnd: 0)
        let refusal = await #expect(throws: RPCError.self) {
            try await ledger.note(String(repeating: "x", count: 100_000))
        }
        #expect(refusal?.name == .serviceUnavailable)
        #expect(refusal?.retryable == true)
        #expect(refusal?.message.contains("\(ledger.folder.path)/test.sqlite") == true)
        #expect(ledger.faults.texts.count == 1)
        #expect(!ledger.faults.hasFatal)
        try await ledger.limitPages(toPresentAnd: 1000)
        try await ledger.note("second")
        #expect(try await ledger.notes() == ["first", "second"])
    }

    @Test func `a commit that changed nothing is not counted, the others are shown`() async throws {
        let ledger = try Ledger()
        let metrics = MetricSet()
        ledger.store.report(to: metrics)
        try await ledger.note("one")
        _ = try await ledger.store.write { try Int.fetchOne($0, sql: "SELECT 1") }
        #expect(metrics.prometheusText.contains("# TYPE fnf_commits_total counter\nfnf_commits_total 1\n"))
    }

    @Test func `a value comes back from the transaction`() async throws {
        let ledger = try Ledger()
        let answer = try await ledger.store.write { try Int.fetchOne($0, sql: "SELECT 41 + 1") }
        #expect(answer == 42)
    }
}

@Suite struct ServiceDatabaseTests {
    @Test func `a commit is synced to disk and goes to a write-ahead log`() throws {
        let ledger = try Ledger()
        let (synchronous, mode) = try ledger.queue.writeWithoutTransaction { db in
            (
                try Int.fetchOne(db, sql: "PRAGMA synchronous"),
                try String.fetchOne(db, sql: "PRAGMA journal_mode")
            )
        }
        #expect(synchronous == 2)
        #expect(mode == "wal")
    }

    @Test func `a file that can't be opened is named with the way out`() throws {
        let fault = #expect(throws: ServiceDatabase.Fault.self) {
            try ServiceDatabase.open("/nowhere/test.sqlite") { _ in }
        }
        #expect(fault?.description.contains("/nowhere/test.sqlite can't be opened") == true)
        #expect(fault?.description.contains("check that the folder exists") == true)
    }
}

extension Ledger {
    /// How SQLite meets a full disk without one.
    func limitPages(toPresentAnd more: Int) async throws {
        let queue = queue
        try await loop.run {
            try queue.writeWithoutTransaction { db in
                let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
                _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count=\(pages + more)")
            }
        }
    }
}
