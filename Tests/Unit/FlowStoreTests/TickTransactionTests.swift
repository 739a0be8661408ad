import FlowStore
import FlowStoreSQLite
import Primitives
import Testing

/// What was changed since the last commit is seen, and is durable or forgotten as one.
@Suite struct TickTransactionTests {
    private func flow(_ name: String) -> StoredFlow {
        var flow = StoredFlow()
        flow.name = name
        flow.id = "id-of-\(name)"
        flow.definition = "d"
        return flow
    }

    private func row(_ sequence: Int64) -> JournalRow {
        JournalRow(sequence: sequence, execution: sequence, previous: 0, kind: .starts, body: [1])
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `a change is seen before its commit and gone when it is reverted`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        _ = try store.addFlow(flow("Kept"), definitionText: "kept")
        try store.append([])
        _ = try store.addFlow(flow("Dropped"), definitionText: "kept")
        #expect(try store.flow(named: "Dropped") != nil)
        store.revert()
        #expect(try store.flow(named: "Dropped") == nil)
        #expect(try store.flow(named: "Kept") != nil)
        store.revert()
        try store.append([row(1)])
        #expect(try store.lastSequence() == 1)
        withExtendedLifetime(folder) {}
    }

    @Test func `rows and changes reach the disk together`() throws {
        let (store, folder) = try StoreUnderTest.sqlite.make()
        let sqlite = try #require(store as? SQLiteStore)
        let other = try SQLiteStore(path: sqlite.path)
        _ = try store.addFlow(flow("A"), definitionText: "a")
        #expect(try other.flow(named: "A") == nil)
        try store.append([row(1)])
        #expect(try other.flow(named: "A") != nil)
        #expect(try other.lastSequence() == 1)
        withExtendedLifetime(folder) {}
    }

    @Test func `a change that failed refuses the whole tick`() throws {
        let (store, folder) = try StoreUnderTest.sqlite.make()
        _ = try store.addFlow(flow("A"), definitionText: "a")
        #expect(throws: StoreError.self) { _ = try store.addFlow(flow("A"), definitionText: "a") }
        #expect(throws: StoreError.self) { try store.append([row(1)]) }
        #expect(try store.lastSequence() == 0)
        #expect(try store.flow(named: "A") == nil)
        _ = try store.addFlow(flow("A"), definitionText: "a")
        try store.append([row(1)])
        #expect(try store.flow(named: "A") != nil)
        withExtendedLifetime(folder) {}
    }
}
