import FlowEngineAPI
import FlowModel
import FlowStore
import LoopSupport
import Primitives
import RPCProtocol
import Synchronization
import Testing

@testable import FlowEngine

/// Long histories: what is read and replayed does not grow with them.
@Suite(.timeLimit(.minutes(1))) struct SegmentTests {
    static let items = 150
    /// Works through the items, then waits for a report.
    static let flow = """
        version: v1
        type: flow
        steps:
          - type: foreach
            name: each
            iterationMapping: {collection: $.items, item: item}
            steps:
              - {type: pass, name: one, outputMappings: [{target: v, source: $input.item}]}
              - {type: wait, name: pause, duration: 1}
              - {type: pass, name: two}
            outputMappings: [{target: all, source: "$local[*].v"}]
          - type: task
            name: ask
            resourceArn: acs:mns:::/topics/ask/messages
            pattern: waitForCallback
            outputMappings: [{target: answer, source: $local.answer}]
        """

    private static var settings: FlowEngineSettings {
        var settings = FlowEngineSettings()
        settings.segmentEventsMin = 40
        settings.historyBatch = 64
        settings.limits.iterationsAtOnceMax = 3
        return settings
    }

    /// An execution that has worked through its items.
    private func worked(_ store: FaultyStore) async throws -> EngineUnderTest {
        let test = try await EngineUnderTest(store, settings: Self.settings)
        try await test.apply(Self.flow)
        let items = JSONValue.array((0..<Int64(Self.items)).map { .integer($0) })
        try await test.begin(input: JSONValue.object(["items": items]).text)
        for _ in 0..<Self.items / 3 { await test.loop.advance(by: .seconds(1)) }
        _ = try await test.submitted()
        return test
    }

    private func pages(
        _ test: EngineUnderTest, limit: Int64, reverse: Bool, _ body: (GetExecutionHistory.Result) -> Void
    ) async throws {
        var token: String?
        repeat {
            let next = token
            let page = try await test.client.call(
                GetExecutionHistory.self,
                .with {
                    $0.flowName = "Demo"
                    $0.executionName = "run"
                    $0.limit = limit
                    $0.nextToken = next
                    $0.reverseOrder = reverse
                })
            body(page)
            token = page.nextToken
        } while token != nil
    }

    @Test func `pages join both ways, and each reads only what it needs`() async throws {
        let store = FaultyStore()
        let test = try await worked(store)
        store.rowsRead = 0
        let whole = try await test.engine.wholeHistory()
        #expect(whole.count > Self.items * 14)
        let rows = store.rowsRead
        #expect(rows > Self.items / 3)
        for (limit, reverse) in [(7, false), (7, true), (1000, false), (333, true)] {
            var events: [EventRecord] = []
            var mostRead = 0
            store.rowsRead = 0
            try await pages(test, limit: Int64(limit), reverse: reverse) { page in
                events += page.events
                mostRead = max(mostRead, store.rowsRead)
                store.rowsRead = 0
            }
            #expect(events == (reverse ? whole.reversed() : whole))
            if limit == 7 { #expect(mostRead * 5 < rows, "\(mostRead) of \(rows) rows for one page") }
        }
    }

    @Test func `brief events leave out what a step inherits, and nothing else`() async throws {
        let test = try await worked(FaultyStore())
        let brief = try await test.client.call(
            GetExecutionHistory.self,
            .with {
                $0.flowName = "Demo"
                $0.executionName = "run"
                $0.limit = 12
                $0.brief = true
            }
        ).events
        let whole = try await test.engine.wholeHistory().prefix(12)
        #expect(brief.map(\.eventId) == whole.map(\.eventId) && brief.map(\.type) == whole.map(\.type))
        #expect(brief[0].eventDetail == whole[0].eventDetail)
        #expect(brief[3].eventDetail == whole[3].eventDetail && brief[3].eventDetail == #"{"index":0}"#)
        let entered = try #require(whole.first { $0.stepName == "one" })
        #expect(entered.eventDetail.utf8.count > Self.items * 2)
        #expect(brief.first { $0.stepName == "one" }?.eventDetail == "{}")
    }

    @Test func `a restarted engine goes on from the newest state`() async throws {
        let store = FaultyStore()
        let test = try await worked(store)
        let token = try await test.submitted()
        let next = try await test.restarted()
        store.rowsRead = 0
        _ = try await next.succeed(token, #"{"answer":1}"#)
        let end = try await next.end()
        let all = JSONValue.array((0..<Int64(Self.items)).map { .integer($0) })
        #expect(try JSONParser.parse(end.output) == ["all": all, "answer": 1])
        #expect(store.rowsRead < 20, "\(store.rowsRead) rows for one execution")
    }

    @Test func `a follower is told every event once, over the borders of segments`() async throws {
        let test = try await worked(FaultyStore())
        let seen = Mutex<[Int64]>([])
        let params = WatchExecution.Params.with {
            $0.flowName = "Demo"
            $0.executionName = "run"
            $0.afterEventId = 10
        }
        let last = Int64(try await test.engine.wholeHistory().count)
        do {
            _ = try await test.client.stream(WatchExecution.name, params.wire, meta: RPCMeta()) { json in
                let item = try WatchExecution.Item(wire: json, strict: true)
                seen.withLock { $0 += item.events.map(\.eventId) }
                if seen.withLock({ $0.last == last }) { throw CancellationError() }
            }
        } catch { guard error == .canceled else { throw error } }
        #expect(seen.withLock { $0 } == Array(11...last))
    }

    @Test func `a state that cannot be read is told with its place`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        try await test.begin()
        let damaged = Segment(lastEventID: 4, sequence: 1, state: Array("{}".utf8))
        let error = await #expect(throws: StoreError.self) { try await test.engine.restore(damaged) }
        #expect(error?.description.contains("after event 4 cannot be read") == true)
    }
}

extension FlowEngineService {
    fileprivate func wholeHistory() throws -> [EventRecord] {
        let entry = try execution("run", of: "Demo", .committed)
        return try events(of: entry, from: 1, through: entry.lastEventID).map { EventRecord($0) }
    }

    fileprivate func restore(_ segment: Segment) throws {
        _ = try machine(of: try execution("run", of: "Demo", .committed), behind: segment)
    }
}
