import FlowModel
import FlowStore
import Primitives
import Testing

@Suite struct SearchContractTests {
    /// Sixty executions of three flows in every state; of those that are open one in three waits for a
    /// report, one is tried again, one is being delivered.
    private func filled(_ store: any DurableStore, from: Int = 0, _ writer: inout Writer) throws {
        let written = writer.rows.count
        for number in from..<from + 60 {
            let execution = writer.start(
                "run-\(number)", flow: Int64(number % 3 + 1),
                labels: ["order": .string("Order-\(number % 10)")])
            writer.step(execution, .taskScheduled, number % 2 == 0 ? "pay" : "pack", detail: ["attempt": 0])
            switch number % 6 {
            case 0: writer.step(execution, .taskSubmitted, "pay")
            case 1: writer.step(execution, .taskFailed, "pack", detail: ["retryAt": "2026-01-01T00:00:00Z"])
            case 2: break
            case 3:
                writer.end(execution, .executionFailed, detail: ["error": "OutOfStock", "cause": "no Beef"])
            case 4: writer.end(execution, .executionTimedOut)
            default: writer.end(execution, .executionSucceeded)
            }
        }
        try store.append(Array(writer.rows.dropFirst(written)))
    }

    /// An index whose entries are half on disk and half in memory.
    private func index(on store: any DurableStore) throws -> ExecutionIndex {
        var writer = Writer()
        try filled(store, &writer)
        var index = ExecutionIndex(table: store)
        _ = try index.takeInTail(of: store)
        try index.flush()
        try filled(store, from: 60, &writer)
        _ = try index.takeInTail(of: store)
        return index
    }

    /// All that match, in slices of which each looks at a few.
    private func all(_ index: ExecutionIndex, _ edit: (inout ExecutionSearch) -> Void) throws -> [String] {
        var search = ExecutionSearch()
        edit(&search)
        var found: [ExecutionEntry] = []
        var before: Int64? = try index.searchStart(search)
        while let next = before {
            let slice = try index.search(search, before: next, examinedMax: 7, limit: 3)
            #expect(slice.entries.count <= 3)
            if let last = slice.last { #expect(last < next) }
            found += slice.entries
            before = slice.last
        }
        #expect(found.map(\.execution) == found.map(\.execution).sorted(by: >))
        return found.map(\.name)
    }

    private func names(_ holds: (Int) -> Bool) -> [String] {
        (0..<120).filter(holds).reversed().map { "run-\($0)" }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `every filter finds in table and memory what it should, newest first`(_ kind: StoreUnderTest) throws
    {
        let (store, folder) = try kind.make()
        let index = try index(on: store)
        #expect(try all(index) { _ in } == names { _ in true })
        #expect(try all(index) { $0.flowName = "Flow2" } == names { $0 % 3 == 1 })
        #expect(try all(index) { $0.statuses = [.failed, .timedOut] } == names { [3, 4].contains($0 % 6) })
        #expect(try all(index) { $0.statuses = [.running, .failed] } == names { $0 % 6 < 4 })
        #expect(try all(index) { $0.statuses = [.running] } == names { $0 % 6 < 3 })
        #expect(try all(index) { $0.condition = .waitingForCallback } == names { $0 % 6 == 0 })
        #expect(try all(index) { $0.condition = .retrying } == names { $0 % 6 == 1 })
        #expect(try all(index) { $0.stepName = "pay" } == names { [0, 2].contains($0 % 6) })
        #expect(
            try all(index) {
                $0.stepName = "pay"
                $0.condition = .delivering
                $0.flowName = "Flow3"
            } == names { $0 % 6 == 2 })
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `text and labels are found where they stand, in either case`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        let index = try index(on: store)
        #expect(try all(index) { $0.text = TextNeedle("RUN-11") } == names { $0 == 11 || $0 >= 110 })
        #expect(try all(index) { $0.text = TextNeedle("order-4") } == names { $0 % 10 == 4 })
        #expect(try all(index) { $0.text = TextNeedle("of beef") } == [])
        #expect(try all(index) { $0.text = TextNeedle("no beef") } == names { $0 % 6 == 3 })
        #expect(try all(index) { $0.text = TextNeedle("outofstock") } == names { $0 % 6 == 3 })
        #expect(
            try all(index) {
                $0.labelName = "order"
                $0.labelValue = "Order-7"
            } == names { $0 % 10 == 7 })
        #expect(
            try all(index) {
                $0.labelName = "order"
                $0.labelValue = "Order-7"
                $0.statuses = [.succeeded]
            } == names { $0 % 10 == 7 && $0 % 6 == 5 })
        #expect(try all(index) { $0.labelName = "order" }.count == 120)
        #expect(try all(index) { $0.labelName = "none" } == [])
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `times bound a search on both sides`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        let index = try index(on: store)
        let entries = try (0..<120).map { number in
            try #require(try index.entry(flow: Int64(number % 3 + 1), name: "run-\(number)"))
        }
        let found = try all(index) {
            $0.startedFrom = entries[20].started
            $0.startedUntil = entries[90].started
        }
        #expect(found == names { (20..<90).contains($0) })
        #expect(try all(index) { $0.startedUntil = entries[0].started } == [])
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `the first execution of a time is found by halves`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        var index = try index(on: store)
        try index.flush()
        for number in [0, 1, 59, 60, 119] {
            let entry = try #require(try index.entry(flow: Int64(number % 3 + 1), name: "run-\(number)"))
            #expect(try store.execution(startedFrom: entry.started) == entry.execution)
        }
        #expect(try store.execution(startedFrom: Timestamp(microseconds: .max)) == nil)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `counts and open steps are the same when they grew, were read, and were made again`(
        _ kind: StoreUnderTest
    ) throws {
        let (store, folder) = try kind.make()
        var grown = try index(on: store)
        let expected = facts(grown)
        #expect(expected.total.running == 60 && expected.total.failed == 20 && expected.waiting.count == 20)
        try grown.flush()
        var read = ExecutionIndex(table: store)
        #expect(try read.takeInTail(of: store) == 0)
        #expect(facts(read) == expected)
        try store.forgetIndex()
        var rebuilt = ExecutionIndex(table: store)
        #expect(try rebuilt.takeInTail(of: store) > 0)
        #expect(facts(rebuilt) == expected)
        withExtendedLifetime(folder) {}
    }

    private struct Facts: Equatable {
        var total: StatusCounts
        var flows: [StatusCounts?]
        var conditions: ConditionCounts
        var minutes: [MinuteTally]
        var waiting: [WaitingKey]
        var steps: [[OpenStep]]
    }

    private func facts(_ index: ExecutionIndex) -> Facts {
        let names = index.tally.flowNames.keys(after: nil, limit: 10)
        let open = index.board.executions.keys(after: nil, limit: .max)
        return Facts(
            total: index.tally.total, flows: names.map { index.tally.counts(ofFlow: $0) },
            conditions: index.board.counts,
            minutes: index.tally.minutes(until: Writer.time.advanced(by: .seconds(300))),
            waiting: index.board.waiting.keys(after: nil, limit: .max),
            steps: open.map { index.board.steps(of: $0) })
    }

    @Test func `minutes that are over an hour old are forgotten, in memory and on disk`() throws {
        let store = MemoryStore()
        var writer = Writer()
        let execution = writer.start("old")
        for _ in 0..<3_700 { writer.go(on: execution) }
        _ = writer.start("new")
        store.append(writer.rows)
        var index = ExecutionIndex(table: store)
        _ = try index.takeInTail(of: store)
        let now = Writer.time.advanced(by: .seconds(3_702))
        #expect(index.tally.lastHour(until: now).running == 1 && index.tally.total.running == 2)
        try index.flush()
        #expect(store.minuteTallies().map(\.counts.running) == [1])
        #expect(index.tally.lastHour(until: now.advanced(by: .seconds(3_600))).running == 0)
    }

    @Test func `the size of the file and the room on its disk are told`() throws {
        let (store, folder) = try StoreUnderTest.sqlite.make()
        let footprint = try store.footprint()
        #expect(footprint.database > 0 && footprint.free > 0 && footprint.disk >= footprint.free)
        withExtendedLifetime(folder) {}
    }
}
