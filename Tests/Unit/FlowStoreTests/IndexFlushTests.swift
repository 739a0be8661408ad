import FlowModel
import FlowStoreSQLite
import LoopSupport
import Primitives
import Testing

@testable import FlowStore

/// The index as a busy engine writes it: a part now and then, executions that go on last.
@Suite struct IndexFlushTests {
    /// Chance from a seed.
    private struct Chance {
        var state: UInt64

        /// Below `bound`.
        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
    }

    private func expectSame(_ index: ExecutionIndex, as rows: [JournalRow]) throws {
        let store = MemoryStore()
        store.append(rows)
        var whole = ExecutionIndex(table: store)
        _ = try whole.takeInTail(of: store)
        #expect(index.damages.isEmpty && whole.damages.isEmpty)
        for flow in Int64(1)...3 {
            let filter = ExecutionFilter(flow: flow)
            let found = try index.entries(filter, before: .max, limit: 1000)
            #expect(try whole.entries(filter, before: .max, limit: 1000) == found)
            for entry in found {
                #expect(index.board.steps(of: entry.execution) == whole.board.steps(of: entry.execution))
            }
            #expect(index.tally.counts(ofFlow: "Flow\(flow)") == whole.tally.counts(ofFlow: "Flow\(flow)"))
            #expect(index.board.counts(ofFlow: "Flow\(flow)") == whole.board.counts(ofFlow: "Flow\(flow)"))
        }
        #expect(index.tally.total == whole.tally.total)
        #expect(index.board.executions.count == whole.board.executions.count)
        let now = Writer.time.advanced(by: .seconds(rows.count))
        #expect(index.tally.minutes(until: now) == whole.tally.minutes(until: now))
    }

    /// A handful of rows of executions that begin, go on and end.
    private func go(on writer: inout Writer, _ open: inout [Int64], _ chance: inout Chance) {
        for _ in 0...chance.next(8) {
            guard let execution = open.isEmpty ? nil : open[chance.next(open.count)] else {
                open.append(writer.start("e-\(writer.rows.count)", flow: Int64(chance.next(3) + 1)))
                continue
            }
            switch chance.next(6) {
            case 0, 1: open.append(writer.start("e-\(writer.rows.count)", flow: Int64(chance.next(3) + 1)))
            case 2:
                writer.end(execution, [.executionSucceeded, .executionFailed][chance.next(2)])
                open.removeAll { $0 == execution }
            case 3: writer.step(execution, .taskScheduled, "ask", detail: ["pattern": "waitForCallback"])
            case 4: writer.step(execution, .taskSubmitted, "ask")
            default: writer.go(on: execution)
            }
        }
    }

    @Test(arguments: StoreUnderTest.allCases, [1, 2, 3, 4, 5, 6] as [UInt64])
    func `whatever was written when, a start finds what the journal says`(
        _ kind: StoreUnderTest, seed: UInt64
    ) throws {
        let (store, folder) = try kind.make()
        var (chance, writer, open) = (Chance(state: seed), Writer(), [Int64]())
        var index = ExecutionIndex(table: store)
        _ = try index.takeInTail(of: store)
        var starts = 0
        for _ in 0..<80 {
            let before = writer.rows.count
            go(on: &writer, &open, &chance)
            let new = Array(writer.rows.dropFirst(before))
            try store.append(new)
            for row in new { try index.takeInLive(row) }
            switch chance.next(8) {
            case 0...3: try index.flush(atMost: 1 + chance.next(6), sparing: true)
            case 4, 5: try index.flush(atMost: 1 + chance.next(6), sparing: false)
            case 6: try index.flush()
            default: break
            }
            #expect(try store.lowWaterMark() <= store.tallyMark())
            guard chance.next(3) == 0 else { continue }
            // As after a kill.
            var next = ExecutionIndex(table: store)
            _ = try next.takeInTail(of: store)
            try expectSame(next, as: writer.rows)
            starts += 1
            if chance.next(2) == 0 { index = next }
        }
        #expect(starts > 10)
        try expectSame(index, as: writer.rows)
        try index.flush()
        #expect(try store.lowWaterMark() == writer.rows.last?.sequence)
        #expect(index.pendingCount == 0 && !index.isDue(batch: 1))
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `those that have ended are written, those that go on wait`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        var writer = Writer()
        let (first, second, third) = (writer.start("a"), writer.start("b"), writer.start("c"))
        writer.end(first, .executionSucceeded)
        writer.end(third, .executionFailed)
        try store.append(writer.rows)
        var index = ExecutionIndex(table: store)
        for row in writer.rows { try index.takeInLive(row) }
        #expect(index.isDue(batch: 2) && !index.isDue(batch: 3))
        try index.flush(atMost: 10, sparing: true)
        #expect(try store.entry(execution: first)?.status == .succeeded)
        #expect(try store.entry(execution: second) == nil)
        #expect(try store.entry(execution: third)?.status == .failed)
        #expect(try store.lowWaterMark() == second - 1)
        #expect(try store.tallyMark() == writer.rows.last?.sequence)
        #expect(index.pendingCount == 1 && !index.isDue(batch: 1))
        try index.flush(atMost: 10, sparing: false)
        #expect(try store.entry(execution: second)?.isOpen == true)
        #expect(try store.lowWaterMark() == writer.rows.last?.sequence)
        withExtendedLifetime(folder) {}
    }

    @Test func `a long tail is taken in by who may not write`() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.databasePath)
        var writer = Writer()
        for number in 0..<2_500 { _ = writer.start("e-\(number)") }
        try store.append(writer.rows)
        let reading = try SQLiteStore(path: folder.databasePath, isReadOnly: true)
        var index = ExecutionIndex(table: reading)
        #expect(try index.takeInTail(of: reading, isReadOnly: true) == 2_500)
        #expect(index.pendingCount == 2_500 && index.tally.total.running == 2_500)
        #expect(try store.lowWaterMark() == 0)
    }

    @Test func `none waits for ever`() throws {
        let store = MemoryStore()
        var writer = Writer()
        let (patient, busy) = (writer.start("patient"), writer.start("busy"))
        var index = ExecutionIndex(table: store)
        for row in writer.rows { try index.takeInLive(row) }
        while Int64(writer.rows.count) <= ExecutionIndex.tailRowsMax {
            #expect(!index.isDue(batch: 1))
            writer.go(on: busy)
            try index.takeInLive(try #require(writer.rows.last))
        }
        #expect(index.isDue(batch: 1))
        try index.flush(atMost: 10, sparing: true)
        #expect(store.entry(execution: patient)?.isOpen == true)
        #expect(store.entry(execution: busy) == nil)
        #expect(store.lowWaterMark() == busy - 1)
    }
}

extension ExecutionIndex {
    /// As the engine does behind a commit.
    fileprivate mutating func takeInLive(_ row: JournalRow) throws {
        let body = try TransitionBody(row: row)
        var entry: ExecutionEntry
        if row.previous == 0 {
            entry = try #require(ExecutionEntry(first: row, body))
        } else {
            entry = try #require(try self.entry(execution: row.execution))
            entry.apply(sequence: row.sequence, body)
        }
        note(row, body.events, of: entry)
        record(entry)
    }
}
