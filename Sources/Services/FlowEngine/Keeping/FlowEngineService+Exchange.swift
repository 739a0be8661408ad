import FlowCore
import FlowDefinition
import FlowEngineAPI
import FlowModel
import FlowParsing
import FlowStore
import Primitives
import RPCProtocol

/// Executions that leave for a file and come back from one.
extension FlowEngineService {
    func exportExecution(
        _ params: ExportExecution.Params, _ sink: StreamSink<ExportExecution>
    ) async throws(RPCError) -> NoFields {
        await settle()
        let entry = try execution(params.executionName, of: params.flowName, .committed)
        let (rows, text) = try answering { () throws(StoreError) in
            (
                try store.history(endingAt: entry.lastSequence, after: 0),
                try definitions.definition(entry.definition).text
            )
        }
        let head = ExportedExecution.head(entry, definition: text, rows: rows.count)
        try sink.send(.with { $0.line = head })
        for row in rows {
            let line = ExportedExecution.line(row)
            try await sink.room()
            try sink.send(.with { $0.line = line })
        }
        return NoFields()
    }

    func importExecution(_ params: ImportExecution.Params) async throws(RPCError) -> ExecutionRecord {
        let exported: ExportedExecution
        do throws(ExportedExecution.Fault) { exported = try ExportedExecution(lines: params.lines) } catch {
            throw .argument("Lines", error.reason)
        }
        let flow = try flow(params.flowName ?? exported.start.flowName, parameter: "FlowName")
        let name = params.executionName ?? exported.start.name
        if let fault = NameRule.check(name, kind: .anyExecution) { throw .argument("ExecutionName", fault) }
        let (parsed, _) = FlowParser.parse(exported.definition, limits: settings.limits)
        guard parsed != nil else { throw .argument("Lines", "this release refuses its definition") }
        await settle()
        while isHeld { await nextTurn() }
        if let broken { throw RPCError(broken) }
        let key = flow.key
        let existing = try answering { () throws(StoreError) in try entry(flow: key, name: name, .staged) }
        if let existing { throw .executionAlreadyExists(existing) }
        return try record(try take(exported, flow, name), full: false)
    }

    /// One transaction of its own, between two commits.
    private func take(
        _ exported: ExportedExecution, _ flow: StoredFlow, _ name: String
    ) throws(RPCError) -> ExecutionEntry {
        let id = DefinitionCache.id(of: exported.definition)
        var origin = exported.start.origin
        origin.imported = world.now.description
        origin.awaiting = nil
        let start = ExecutionStart(
            flow: flow.key, flowName: flow.name, name: name, definition: id, labels: exported.start.labels,
            origin: origin)
        let (rows, entry) = try answering { () throws(StoreError) in
            do throws(StoreError) {
                try store.pin(definition: id, text: exported.definition)
                let made = try renumbered(exported, start)
                try store.append(made.rows)
                return made
            } catch {
                store.revert()
                throw error
            }
        }
        nextSequence = entry.lastSequence + 1
        committedSequence = entry.lastSequence
        for (row, body) in zip(rows, exported.bodies) { index.note(row, body.events, of: entry) }
        index.record(entry)
        noteIndexChanged()
        return entry
    }

    /// The same history under new sequences; replayed, so that nothing is taken in that can't be read.
    private func renumbered(
        _ exported: ExportedExecution, _ start: ExecutionStart
    ) throws(StoreError) -> (rows: [JournalRow], entry: ExecutionEntry) {
        var machine = try makeMachine(start)
        var meter = SegmentMeter()
        var rows: [JournalRow] = []
        var entry: ExecutionEntry?
        let execution = nextSequence
        for (row, stored) in zip(exported.rows, exported.bodies) {
            var body = stored
            if rows.isEmpty { body.start = start }
            var made = JournalRow(
                sequence: execution + Int64(rows.count), execution: execution,
                previous: rows.last?.sequence ?? 0, kind: row.kind, body: body.encoded)
            let events = try machine.replay(made).count
            meter.note(events: events, bytes: made.body.count)
            if row.kind != .ends, meter.isDue(eventsMin: settings.segmentEventsMin) {
                let state = machine.snapshot
                made.segment = Segment(
                    lastEventID: machine.lastEventID, sequence: made.sequence, state: state)
                meter.noteSegment(length: state.count)
            }
            if entry == nil {
                entry = ExecutionEntry(first: made, body)
            } else {
                entry?.apply(sequence: made.sequence, body)
            }
            rows.append(made)
        }
        guard let entry, !entry.isOpen else {
            throw .unreadable(place: "the exported execution", reason: "it does not come to an end")
        }
        return (rows, entry)
    }
}
