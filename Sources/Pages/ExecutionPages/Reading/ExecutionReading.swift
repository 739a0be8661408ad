import FlowCore
import FlowDefinition
import FlowEngineAPI
import FlowModel
import Primitives
import RPCProtocol
import WebPages

/// Asks the engine for an execution and tells its story. The work is bounded however long the history is: of
/// a long one its beginning and a window up to the event that is shown are read.
struct ExecutionReading {
    /// Events that are read for a page.
    static let eventsMax: Int64 = 2_000
    /// Of a longer history: how many of them are its first ones.
    static let firstMax: Int64 = 400
    /// The engine answers fewer than asked for when they are large.
    private static let callsMax = 12

    let engine: any ServicePort
    let shelf: DefinitionShelf
    let flow: String
    let name: String
    let role: VisitorRole?

    /// - Parameter at: the event to be shown; nil: the newest.
    func read(at: Int64?, now: Timestamp) async throws -> ExecutionSight {
        let record = try await describe()
        var window = try await events(from: 1, count: Self.eventsMax)
        var last = window.events.last?.eventID ?? 0
        var gap: ClosedRange<Int64>?
        if window.hasMore {
            last = try await newestID()
            let end = min(max(at ?? last, 1), last)
            if end > newest(of: window.events) {
                let first = Array(window.events.prefix(Int(Self.firstMax)))
                let from = max(end - (Self.eventsMax - Self.firstMax) + 1, newest(of: first) + 1)
                let rest = try await events(from: from, count: end - from + 1)
                if from > newest(of: first) + 1 { gap = newest(of: first) + 1...from - 1 }
                window.events = first + rest.events
            } else {
                gap = newest(of: window.events) + 1...last
            }
        }
        let at = at.map { min(max($0, 1), last) }.flatMap { $0 == last ? nil : $0 }
        let definition = shelf.definition(record.flowDefinition)
        let whole = completed(window.events, definition, record, isWhole: gap == nil)
        var sight = ExecutionSight(
            record: record, definition: definition, events: whole, gap: gap, last: last, at: at,
            story: ExecutionStory(
                definition ?? FlowDefinition(steps: []), whole, title: name, upTo: at), now: now)
        if sight.isOpen, at == nil { sight.openTasks = try await openTasks() }
        return sight
    }

    private func newest(of events: [HistoryEvent]) -> Int64 { events.last?.eventID ?? 0 }

    func describe() async throws(RPCFailure) -> ExecutionRecord {
        try await engine.call(
            DescribeExecution.self,
            .with {
                $0.flowName = flow
                $0.executionName = name
            }, as: role)
    }

    func openTasks() async throws(RPCFailure) -> [FlowEngineAPI.OpenTask] {
        try await engine.call(
            ListOpenTasks.self,
            .with {
                $0.flowName = flow
                $0.executionName = name
            }, as: role
        ).tasks
    }

    private func newestID() async throws(RPCFailure) -> Int64 {
        try await page(from: nil, limit: 1, isReverse: true).events.last?.eventId ?? 0
    }

    /// Events without what they inherit, which the machine fills in again.
    private func events(
        from: Int64, count: Int64
    ) async throws(RPCFailure) -> (events: [HistoryEvent], hasMore: Bool) {
        var events: [HistoryEvent] = []
        var next: Int64? = from
        var calls = 0
        while let start = next, Int64(events.count) < count, calls < Self.callsMax {
            calls += 1
            let page = try await page(from: start, limit: min(1_000, count - Int64(events.count)))
            events += page.events.compactMap { HistoryEvent($0) }
            next = page.nextToken.flatMap { Int64($0) }
        }
        return (events, next != nil)
    }

    private func page(
        from: Int64?, limit: Int64, isReverse: Bool = false, isBrief: Bool = true
    ) async throws(RPCFailure) -> GetExecutionHistory.Result {
        try await engine.call(
            GetExecutionHistory.self,
            .with {
                $0.flowName = flow
                $0.executionName = name
                $0.nextToken = from.map { "\($0)" }
                $0.limit = limit
                $0.reverseOrder = isReverse ? true : nil
                $0.brief = isBrief ? true : nil
            }, as: role)
    }

    /// The events with their whole details, by the machine that decided them. A history with a gap, and one
    /// that another release wrote otherwise, stays as it was read.
    private func completed(
        _ events: [HistoryEvent], _ definition: FlowDefinition?, _ record: ExecutionRecord, isWhole: Bool
    ) -> [HistoryEvent] {
        guard let definition, isWhole else { return events }
        var machine = ExecutionMachine(definition: definition, flow: flow, execution: name)
        return (try? machine.apply(events)) ?? events
    }

    /// Tells the story again with the whole data of one step, which a long history was read without.
    func complete(_ sight: inout ExecutionSight, _ node: Int) async throws(RPCFailure) {
        guard sight.gap != nil else { return }
        let chosen = sight.story.nodes[node]
        var whole: [Int64: HistoryEvent] = [:]
        for id in [chosen.eventID, chosen.inputEventID ?? 0, chosen.endEventID ?? 0] where id > 0 {
            for record in try await page(from: id, limit: 1, isBrief: false).events {
                whole[record.eventId] = HistoryEvent(record)
            }
        }
        sight.story = ExecutionStory(
            sight.story.definition, sight.events.map { whole[$0.eventID] ?? $0 }, title: name, upTo: sight.at)
    }
}

extension HistoryEvent {
    /// Nil for an event of a type that only a later release knows.
    convenience init?(_ record: EventRecord) {
        guard let type = HistoryEventType(rawValue: record.type), let time = Timestamp(rfc3339: record.time)
        else { return nil }
        let detail = record.eventDetail.isEmpty ? nil : try? JSONParser.parse(record.eventDetail)
        self.init(
            eventID: record.eventId, scheduleEventID: record.scheduleEventId, type: type,
            stepName: record.stepName, time: time, detail: detail?.objectValue ?? JSONObject())
    }
}
