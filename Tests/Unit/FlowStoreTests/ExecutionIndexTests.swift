import FlowModel
import FlowStore
import FlowStoreSQLite
import Primitives
import Testing

@Suite struct ExecutionIndexTests {
    /// Two flows, forty executions in every state, all in the journal.
    private func filled(_ store: any DurableStore) throws -> Writer {
        var writer = Writer()
        for number in 0..<40 {
            let execution = writer.start(
                "run-\(number)", flow: Int64(number % 2 + 1), labels: ["order": .integer(Int64(number))])
            writer.go(
                on: execution, deadline: Writer.time.advanced(by: .seconds(number)),
                undelivered: number % 3 == 0)
            switch number % 5 {
            case 0: writer.end(execution, .executionSucceeded, detail: ["output": [:]])
            case 1: writer.end(execution, .executionFailed, detail: ["error": "E", "cause": "because"])
            case 2: writer.end(execution, .executionTimedOut)
            case 3: writer.end(execution, .executionStopped, detail: ["error": "Mine"])
            default: break
            }
        }
        try store.append(writer.rows)
        return writer
    }

    private func all(_ index: ExecutionIndex, _ flow: Int64) throws -> [ExecutionEntry] {
        try index.entries(ExecutionFilter(flow: flow), before: .max, limit: 100)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `an index made again from the journal equals the one that grew with it`(_ kind: StoreUnderTest)
        throws
    {
        let (store, folder) = try kind.make()
        _ = try filled(store)
        var grown = ExecutionIndex(table: store)
        #expect(try grown.takeInTail(of: store) == 112)
        let before = [try all(grown, 1), try all(grown, 2)]
        try grown.flush()
        #expect([try all(grown, 1), try all(grown, 2)] == before)
        try store.forgetIndex()
        var rebuilt = ExecutionIndex(table: store)
        #expect(try rebuilt.takeInTail(of: store) == 112)
        #expect([try all(rebuilt, 1), try all(rebuilt, 2)] == before)
        try rebuilt.flush()
        #expect([try all(rebuilt, 1), try all(rebuilt, 2)] == before)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `only the rows behind the mark are read at a start`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        var writer = try filled(store)
        var index = ExecutionIndex(table: store)
        _ = try index.takeInTail(of: store)
        try index.flush()
        let written = writer.rows.count
        let late = writer.start("late")
        writer.end(13, .executionSucceeded)
        try store.append(Array(writer.rows.dropFirst(written)))
        var next = ExecutionIndex(table: store)
        #expect(try next.takeInTail(of: store) == 2)
        #expect(try next.entry(execution: late)?.name == "late")
        #expect(try next.entry(flow: 1, name: "late")?.execution == late)
        #expect(try store.entry(execution: late) == nil)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `the entry says what the last row says`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        _ = try filled(store)
        var index = ExecutionIndex(table: store)
        _ = try index.takeInTail(of: store)
        for _ in 0..<2 {
            let failed = try #require(try index.entry(flow: 2, name: "run-1"))
            #expect(failed.status == .failed)
            #expect(failed.error == "E" && failed.cause == "because")
            #expect(failed.labels == ["order": 1])
            #expect(failed.deadline == nil && failed.hasUndelivered == false)
            #expect(failed.stopped != nil && failed.lastEventID == 3)
            let open = try #require(try index.entry(flow: 2, name: "run-9"))
            #expect(open.isOpen && open.stopped == nil)
            #expect(open.deadline == Writer.time.advanced(by: .seconds(9)))
            #expect(open.hasUndelivered)
            #expect(open.flowName == "Flow2" && open.definition == "d2")
            try index.flush()
        }
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `filters and pages see table and memory as one`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        var writer = try filled(store)
        var index = ExecutionIndex(table: store)
        _ = try index.takeInTail(of: store)
        try index.flush()
        let written = writer.rows.count
        // run-4 was running on disk and has ended in memory; run-8 is older than new ones in memory.
        let running = try #require(try index.entry(flow: 1, name: "run-4")).execution
        writer.end(running, .executionSucceeded)
        for number in 100..<110 { _ = writer.start("run-\(number)") }
        try store.append(Array(writer.rows.dropFirst(written)))
        _ = try index.takeInTail(of: store)
        var expected = try all(index, 1)
        #expect(expected.count == 30)
        #expect(expected.map(\.execution) == expected.map(\.execution).sorted(by: >))
        var pages: [ExecutionEntry] = []
        var before = Int64.max
        while true {
            let page = try index.entries(ExecutionFilter(flow: 1), before: before, limit: 7)
            pages += page
            guard let last = page.last else { break }
            before = last.execution
        }
        #expect(pages == expected)
        expected = expected.filter { $0.status == .running && $0.name.hasPrefix("run-1") }
        let filter = ExecutionFilter(flow: 1, status: .running, namePrefix: "run-1")
        #expect(try index.entries(filter, before: .max, limit: 100) == expected)
        #expect(expected.contains { $0.name == "run-14" } && expected.contains { $0.name == "run-104" })
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `a range of start times takes its begin and leaves its end`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        _ = try filled(store)
        var index = ExecutionIndex(table: store)
        _ = try index.takeInTail(of: store)
        try index.flush()
        let some = try all(index, 1).sorted { $0.started < $1.started }
        let filter = ExecutionFilter(flow: 1, startedFrom: some[3].started, startedUntil: some[6].started)
        #expect(try index.entries(filter, before: .max, limit: 100).reversed() == Array(some[3..<6]))
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `every open execution is noted as it stands last, wherever its entry is`(
        _ kind: StoreUnderTest
    ) throws {
        let (store, folder) = try kind.make()
        var writer = try filled(store)
        var index = ExecutionIndex(table: store)
        _ = try index.takeInTail(of: store)
        try index.flush()
        let written = writer.rows.count
        let new = writer.start("new")
        writer.go(on: 13)
        try store.append(Array(writer.rows.dropFirst(written)))
        var met: [Int64: RecoveredExecution] = [:]
        var next = ExecutionIndex(table: store)
        _ = try next.takeInTail(of: store) { met[$0.execution] = $0 }
        let open = met.values.filter(\.isOpen)
        #expect(open.count == 9 && next.board.executions.count == 9)
        #expect(met[new]?.isOpen == true)
        for found in open {
            let entry = try #require(try next.entry(execution: found.execution))
            #expect(found.deadline == entry.deadline && found.hasUndelivered == entry.hasUndelivered)
            #expect(found.flowName == entry.flowName && entry.isOpen)
        }
        withExtendedLifetime(folder) {}
    }
}
