import FlowEngineAPI
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// Who follows one execution.
struct ExecutionWatch {
    let sink: StreamSink<WatchExecution>
    let roles: Set<RPCRole>
}

/// Who follows the starts and ends of executions.
struct Feed {
    let flow: String?
    let sink: StreamSink<WatchExecutions>
    /// The item sent last.
    var sequence: Int64
}

extension FlowEngineService {
    /// Sends what is there in batches, then each commit as it happens; returns with the execution's end.
    func watchExecution(
        _ params: WatchExecution.Params, roles: Set<RPCRole>, _ sink: StreamSink<WatchExecution>
    ) async throws(RPCError) -> ExecutionRecord {
        var cursor = try params.afterEventId.inRange(0...Int64.max, parameter: "AfterEventId") ?? 0
        await settle()
        let id = try execution(params.executionName, of: params.flowName, .committed).execution
        var isFirst = true
        while true {
            let entry = try entryNow(id)
            let seen = min(cursor, entry.lastEventID)
            let events = try events(
                of: entry, from: seen + 1, through: min(entry.lastEventID, seen + settings.historyBatch))
            if events.isEmpty, !isFirst { break }
            let secrets = try liveTokens(of: entry, for: roles)
            for start in stride(from: 0, to: max(events.count, 1), by: 100) {
                var item = WatchExecution.Item()
                item.status = entry.status.rawValue
                item.events = events.dropFirst(start).prefix(100).map { EventRecord($0, hiding: secrets) }
                try sink.send(item)
                try await sink.room()
            }
            cursor = events.last?.eventID ?? cursor
            isFirst = false
            await settle()
        }
        if try entryNow(id).isOpen {
            let parkedID = nextParkedID()
            executionWatches[id, default: [:]][parkedID] = ExecutionWatch(sink: sink, roles: roles)
            let error = await park(parkedID)
            executionWatches[id]?[parkedID] = nil
            if executionWatches[id]?.isEmpty == true { executionWatches[id] = nil }
            if let error { throw error }
        }
        return try record(try entryNow(id), full: true)
    }

    /// Sends what was committed after the cursor in batches, then each commit as it happens.
    func watchExecutions(
        _ params: WatchExecutions.Params, _ sink: StreamSink<WatchExecutions>
    ) async throws(RPCError) -> NoFields {
        var cursor = params.afterSequence
        guard (0...committedSequence).contains(cursor) else {
            throw .argument(
                "AfterSequence",
                "\(cursor) is beyond \(committedSequence), the newest; for another journal begin at 0"
            )
        }
        try checkKept(cursor)
        var batches = 0
        // The last batch is followed by the registration within one turn, so that a feed catches up however
        // busy the engine is.
        while cursor < committedSequence {
            let (from, through) = (cursor, min(committedSequence, cursor + Int64(settings.feedBatch)))
            for row in try feedRows(after: from, through: through) {
                guard let item = try feedItem(row) else { continue }
                guard params.flowName == nil || params.flowName == item.flowName else { continue }
                try send(item, to: sink)
            }
            cursor = through
            if cursor == committedSequence { break }
            try await sink.room()
            batches += 1
            guard batches % settings.feedBatchesPerTurn == 0 else { continue }
            // Others get their turn, and the items leave.
            await nextTurn()
            if isDraining { throw Self.gone }
        }
        let id = nextParkedID()
        feeds[id] = Feed(flow: params.flowName, sink: sink, sequence: cursor)
        let error = await park(id)
        feeds[id] = nil
        if let error { throw error }
        return NoFields()
    }

    private func send(_ item: WatchExecutions.Item, to sink: StreamSink<WatchExecutions>) throws(RPCError) {
        do throws(RPCError) { try sink.send(item) } catch {
            var error = error
            error.details["afterSequence"] = .integer(item.sequence - 1)
            throw error
        }
    }

    /// From the index alone: the row says only which execution starts or ends with it. Nil: the execution
    /// can't be read, which the start has told, or was brought from elsewhere; those behind it are told all
    /// the same.
    private func feedItem(_ row: JournalRow) throws(RPCError) -> WatchExecutions.Item? {
        let entry = try answering { () throws(StoreError) in try index.entry(execution: row.execution) }
        guard let entry, entry.origin.imported == nil else { return nil }
        return WatchExecutions.Item(entry, row)
    }

    /// Tells of a row that has just been committed.
    func tellWatchers(_ item: StagedRow) {
        let execution = item.row.execution
        if let watches = executionWatches[execution] { tell(watches, item) }
        if item.row.kind == .ends, let waiting = endWaiters[execution] {
            for id in waiting { unpark(id) }
        }
        guard item.row.kind != .inner, !feeds.isEmpty else { return }
        let news = WatchExecutions.Item(item.worker.entry, item.row)
        for (id, feed) in feeds where feed.flow == nil || feed.flow == news.flowName {
            do throws(RPCError) {
                try send(news, to: feed.sink)
            } catch {
                unpark(id, error)
                feeds[id] = nil
            }
        }
    }

    private func tell(_ watches: [Int64: ExecutionWatch], _ item: StagedRow) {
        let entry = item.worker.entry
        for (id, watch) in watches {
            do throws(RPCError) {
                let secrets = try liveTokens(of: entry, for: watch.roles)
                var news = WatchExecution.Item()
                news.status =
                    item.row.kind == .ends ? entry.status.rawValue : ExecutionStatus.running.rawValue
                news.events = item.events.map { EventRecord($0, hiding: secrets) }
                try watch.sink.send(news)
                if item.row.kind == .ends { unpark(id) }
            } catch {
                unpark(id, error)
                executionWatches[entry.execution]?[id] = nil
            }
        }
    }
}

extension WatchExecutions.Item {
    /// - Parameter entry: after this row or a later one.
    /// - Parameter row: one that starts or ends the execution.
    init(_ entry: ExecutionEntry, _ row: JournalRow) {
        self.init()
        sequence = row.sequence
        flowName = entry.flowName
        executionName = entry.name
        labels = entry.labels
        guard row.kind == .ends, let stopped = entry.stopped else {
            status = ExecutionStatus.running.rawValue
            time = entry.started.description
            return
        }
        status = entry.status.rawValue
        time = stopped.description
        error = entry.error
        cause = entry.cause
    }
}
