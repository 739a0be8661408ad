import FlowStore
import FlowStoreSQLite
import LoopSupport
import Testing

@Suite struct SegmentContractTests {
    /// Two executions, one with segments after its rows of the events 3 and 6.
    private func filled(_ store: any DurableStore) throws -> (Writer, first: Int64, second: Int64) {
        var writer = Writer()
        let (first, second) = (writer.start("a"), writer.start("b"))
        for _ in 0..<7 {
            writer.go(on: first)
            writer.go(on: second)
        }
        var rows = writer.rows
        var event: Int64 = 0
        for index in rows.indices where rows[index].execution == first {
            event += 1
            guard event % 3 == 0 else { continue }
            rows[index].segment = Segment(
                lastEventID: event, sequence: rows[index].sequence, state: [UInt8(event), 0, 255])
        }
        try store.append(Array(rows.prefix(9)))
        try store.append(Array(rows.dropFirst(9)))
        return (writer, first, second)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `the newest segment in front of an event is found, of this execution only`(
        _ kind: StoreUnderTest
    ) throws {
        let (store, folder) = try kind.make()
        let (_, first, second) = try filled(store)
        let (three, six) = (Segment(lastEventID: 3, sequence: 5, state: [3, 0, 255]), Int64(6))
        #expect(try store.segment(of: first, before: 3) == nil)
        #expect(try store.segment(of: first, before: 4) == three)
        #expect(try store.segment(of: first, before: six) == three)
        #expect(
            try store.segment(of: first, before: .max)
                == Segment(lastEventID: six, sequence: 11, state: [6, 0, 255]))
        #expect(try store.segment(of: second, before: .max) == nil)
        #expect(
            try [1, 3, 4, 6, 7].map { try store.segmentEnd(of: first, from: $0) } == [5, 5, 11, 11, nil])
        #expect(try store.segmentEnd(of: second, from: 1) == nil)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `a history is read from a segment on, and rows come back without theirs`(
        _ kind: StoreUnderTest
    ) throws {
        let (store, folder) = try kind.make()
        let (writer, first, _) = try filled(store)
        let all = writer.rows.filter { $0.execution == first }
        #expect(try store.history(endingAt: writer.last(of: first), after: 0) == all)
        #expect(try store.history(endingAt: writer.last(of: first), after: 5) == Array(all.dropFirst(3)))
        #expect(try store.history(endingAt: 11, after: 5) == Array(all[3..<6]))
        #expect(try store.history(endingAt: 5, after: 5).isEmpty)
        #expect(try store.row(5) == all[2])
        withExtendedLifetime(folder) {}
    }

    @Test func `a segment is on disk with its row`() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.databasePath)
        let (_, first, _) = try filled(store)
        try store.close()
        let again = try SQLiteStore(path: folder.databasePath)
        #expect(try again.segment(of: first, before: .max)?.sequence == 11)
    }
}
