import FlowModel
import FlowStore
import FlowStoreSQLite
import Primitives
import Testing

@Suite struct JournalContractTests {
    @Test(arguments: StoreUnderTest.allCases)
    func `a new journal has no rows`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        #expect(try store.lastSequence() == 0)
        #expect(try store.row(1) == nil)
        #expect(try store.rows(after: 0, through: .max, marked: false, limit: 10).isEmpty)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `rows come back as they were appended, in order`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        var writer = Writer()
        let first = writer.start("a", labels: ["order": "ä\u{0}b"])
        writer.go(on: first)
        writer.end(first, .executionSucceeded)
        try store.append(Array(writer.rows.prefix(1)))
        try store.append(Array(writer.rows.dropFirst()))
        #expect(try store.rows(after: 0, through: .max, marked: false, limit: 10) == writer.rows)
        #expect(try store.rows(after: 1, through: 2, marked: false, limit: 10) == [writer.rows[1]])
        #expect(
            try store.rows(after: 0, through: .max, marked: false, limit: 2) == Array(writer.rows.prefix(2)))
        #expect(try store.row(2) == writer.rows[1])
        #expect(try store.lastSequence() == 3)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `a history is walked back through rows of others`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        var writer = Writer()
        let (first, second) = (writer.start("a"), writer.start("b"))
        for _ in 0..<5 {
            writer.go(on: first)
            writer.go(on: second)
        }
        try store.append(writer.rows)
        for execution in [first, second] {
            let expected = writer.rows.filter { $0.execution == execution }
            #expect(try store.history(endingAt: writer.last(of: execution), after: 0) == expected)
        }
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `a history with a missing row is refused, not shortened`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        var writer = Writer()
        let execution = writer.start("a")
        writer.go(on: execution)
        writer.go(on: execution)
        try store.append([writer.rows[0], writer.rows[2]])
        #expect(throws: StoreError.self) { try store.history(endingAt: 3, after: 0) }
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `the feed's scan gives only starts and ends`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        var writer = Writer()
        let (first, second) = (writer.start("a"), writer.start("b"))
        writer.go(on: first)
        writer.end(second, .executionFailed)
        writer.end(first, .executionSucceeded)
        try store.append(writer.rows)
        let marked = try store.rows(after: 1, through: .max, marked: true, limit: 10)
        #expect(marked.map(\.sequence) == [2, 4, 5])
        #expect(marked.map(\.kind) == [.starts, .ends, .ends])
        withExtendedLifetime(folder) {}
    }
}
