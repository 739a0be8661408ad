import GRDB
import LoopSupport
import Primitives
import RPCProtocol
import ServiceLedger
import Testing

/// A ledger whose notes are also kept in memory, by their text.
private struct Notebook: Sendable {
    let ledger: Ledger
    let memory: RowMemory<String>

    init(generationMax: Int = 8) throws {
        ledger = try Ledger()
        memory = RowMemory(generationMax: generationMax)
        ledger.store.add(memory)
    }

    func note(_ text: String) async throws(RPCError) {
        let memory = memory
        try await ledger.store.write { try Self.insert($0, text, memory) }
    }

    static func insert(_ db: Database, _ text: String, _ memory: RowMemory<String>) throws {
        try db.execute(sql: "INSERT INTO notes VALUES (?)", arguments: [text])
        memory.change(text, text)
    }

    func remembered(_ texts: [String]) async throws -> [String] {
        let memory = memory
        return try await ledger.loop.run { texts.filter { memory.recall($0) != nil } }
    }
}

@Suite(.timeLimit(.minutes(1)))
struct CommitMemberTests {
    @Test func `what is on disk is remembered`() async throws {
        let book = try Notebook()
        try await book.note("one")
        #expect(try await book.remembered(["one", "two"]) == ["one"])
    }

    @Test func `a job that refuses late takes its rows along, in memory too, and the others stay`()
        async throws
    {
        let book = try Notebook()
        let (memory, store) = (book.memory, book.ledger.store)
        try await book.ledger.inOneTick([
            { try? await book.note("before") },
            {
                let refusal = await #expect(throws: RPCError.self) {
                    try await store.write { db in
                        try Notebook.insert(db, "refused", memory)
                        throw RPCError("NotThisOne", "no")
                    }
                }
                #expect(refusal?.name == "NotThisOne")
            },
            { try? await book.note("after") },
        ])
        #expect(try await book.ledger.notes() == ["before", "after"])
        #expect(try await book.remembered(["before", "refused", "after"]) == ["before", "after"])
        #expect(store.commits == 1)
    }

    @Test func `a job sees in memory what the jobs before it in the same commit have done`() async throws {
        let book = try Notebook()
        let (memory, store) = (book.memory, book.ledger.store)
        try await book.ledger.inOneTick([
            { try? await book.note("first") },
            {
                let seen = try? await store.write { _ in memory.recall("first") }
                #expect(seen == "first")
            },
        ])
    }

    @Test func `a commit that fails is forgotten as a whole`() async throws {
        let book = try Notebook()
        try await book.note("kept")
        try await book.ledger.limitPages(toPresentAnd: 0)
        await #expect(throws: RPCError.self) { try await book.note(String(repeating: "x", count: 100_000)) }
        #expect(try await book.ledger.notes() == ["kept"])
        #expect(try await book.remembered([String(repeating: "x", count: 100_000)]) == [])
        try await book.ledger.limitPages(toPresentAnd: 1000)
        try await book.note("again")
        #expect(try await book.remembered(["kept", "again"]) == ["kept", "again"])
    }

    @Test func `of many rows those of late are remembered, the oldest are read again`() async throws {
        let book = try Notebook(generationMax: 8)
        let texts = (1...40).map { "note \($0)" }
        for text in texts { try await book.note(text) }
        let remembered = try await book.remembered(texts)
        #expect(remembered.count >= 8 && remembered.count <= 16)
        #expect(remembered.last == "note 40")
        #expect(!remembered.contains("note 1"))
    }

    @Test func `a row that is asked for again and again stays in memory`() async throws {
        let book = try Notebook(generationMax: 8)
        try await book.note("asked for")
        for number in 1...40 {
            try await book.note("note \(number)")
            #expect(try await book.remembered(["asked for"]) == ["asked for"])
        }
    }
}

@Suite(.timeLimit(.minutes(1)))
struct StagedSumsTests {
    private let began = Timestamp(microseconds: 1_000_000)

    private func row(_ state: String, _ amount: Int64) -> SummedRow {
        SummedRow(group: "a", state: state, amount: DecimalNumber(amount), charged: nil)
    }

    private func read(_ ledger: Ledger, _ sums: RunningSums) async throws -> [String] {
        let store = ledger.store
        return try await ledger.loop.run {
            try store.read { try sums.read($0, of: SummedTime(since: nil, until: nil), group: nil) }
        }.map { "\($0.state) \($0.count) \($0.amount)" }
    }

    @Test func `the jobs of a commit write each sum once, and a refused one adds nothing`() async throws {
        let ledger = try Ledger()
        let sums = RunningSums(table: "sums")
        try await ledger.queue.write { try sums.create($0) }
        let staged = StagedSums(sums)
        let (store, began) = (ledger.store, began)
        store.add(staged)
        let (open, paid) = (row("open", 7), row("paid", 7))
        var bodies: [@Sendable () async -> Void] = (1...10).map { number in
            {
                try? await store.write { db in
                    try db.execute(sql: "INSERT INTO notes VALUES (?)", arguments: ["note \(number)"])
                    staged.move(from: nil, to: open, began: began)
                    if number <= 4 { staged.move(from: open, to: paid, began: began) }
                }
            }
        }
        bodies.insert(
            {
                try? await store.write { db in
                    staged.move(from: nil, to: open, began: began)
                    throw RPCError("NotThisOne", "no")
                }
            }, at: 5)
        try await ledger.inOneTick(bodies)
        #expect(try await read(ledger, sums) == ["open 6 42", "paid 4 28"])
        #expect(store.commits == 1)
        // The sums of before are known, those that become nothing are gone.
        try await ledger.inOneTick(
            (1...6).map { _ in
                { try? await store.write { _ in staged.move(from: open, to: paid, began: began) } }
            })
        #expect(try await read(ledger, sums) == ["paid 10 70"])
    }

    @Test func `a commit that fails leaves the sums as they were`() async throws {
        let ledger = try Ledger()
        let sums = RunningSums(table: "sums")
        try await ledger.queue.write { try sums.create($0) }
        let staged = StagedSums(sums)
        let (store, began, open) = (ledger.store, began, row("open", 7))
        store.add(staged)
        try await store.write { _ in staged.move(from: nil, to: open, began: began) }
        try await ledger.limitPages(toPresentAnd: 0)
        await #expect(throws: RPCError.self) {
            try await store.write { db in
                staged.move(from: nil, to: open, began: began)
                try db.execute(
                    sql: "INSERT INTO notes VALUES (?)", arguments: [String(repeating: "x", count: 100_000)])
            }
        }
        try await ledger.limitPages(toPresentAnd: 1000)
        try await store.write { _ in staged.move(from: nil, to: open, began: began) }
        #expect(try await read(ledger, sums) == ["open 2 14"])
    }
}
