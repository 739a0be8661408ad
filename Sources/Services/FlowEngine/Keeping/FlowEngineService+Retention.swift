import FlowEngineAPI
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// What a pass over all executions found and removed.
struct RetentionPass {
    struct Group: Hashable {
        let flow: String
        let status: String
    }

    var examined: Int64 = 0
    var found: Int64 = 0
    var removal = Removal()
    var groups: [Group: (count: Int64, oldest: Timestamp)] = [:]

    mutating func note(_ entry: ExecutionEntry) {
        found += 1
        let group = Group(flow: entry.flowName, status: entry.status.rawValue)
        let stopped = entry.stopped ?? entry.started
        let known = groups[group] ?? (0, stopped)
        groups[group] = (known.count + 1, min(known.oldest, stopped))
    }
}

extension FlowEngineService {
    /// Executions in one transaction: with short histories a few milliseconds, their sync included.
    private static let executionsAtOnce = 32
    /// Rows in one transaction, the same.
    private static let rowsAtOnce: Int64 = 256
    /// Removing takes at most a fifth of the loop's time.
    private static let pauseFactor = 4.0

    func applyRetention(
        _ params: ApplyRetention.Params, _ sink: StreamSink<ApplyRetention>
    ) async throws(RPCError) -> ApplyRetention.Result {
        var shown = ContinuousClock.now
        let pass = try await sweep(dryRun: params.dryRun) { (pass) async throws(RPCError) in
            guard ContinuousClock.now - shown > .milliseconds(200) else { return }
            shown = .now
            try sink.send(
                .with {
                    $0.examined = pass.examined
                    $0.executions = pass.found
                })
            try await sink.room()
        }
        return ApplyRetention.Result(pass, settings.retention)
    }

    /// To be called once the engine serves, when there are rules.
    func armRetention(_ delay: Duration) {
        guard !settings.retention.isEmpty, !isDraining else { return }
        retentionTimer = loop.after(delay) { [self] in
            loop.spawn { await self.sweepByTimer() }
        }
    }

    private func sweepByTimer() async {
        do throws(RPCError) {
            _ = try await sweep(dryRun: false) { (_) async throws(RPCError) in }
        } catch {
            log.retentionTrouble("\(error)")
        }
        armRetention(settings.retentionEvery)
    }

    /// Looks at every execution, newest first, a few in each turn of the loop.
    private func sweep(
        dryRun: Bool, _ progress: (RetentionPass) async throws(RPCError) -> Void
    ) async throws(RPCError) -> RetentionPass {
        guard !isSweeping, !isVerifying else {
            throw .throttled("executions are being removed or verified already", retryAfter: .seconds(10))
        }
        isSweeping = true
        defer { isSweeping = false }
        var pass = RetentionPass()
        if !dryRun { pass.removal += try await finishRemovals() }
        var decision = RetentionDecision(
            rules: settings.retention, now: world.now, ageMin: settings.retentionAgeMin)
        var cursor: Int64? = settings.retention.isEmpty ? nil : .max
        while let before = cursor {
            await settle()
            let slice = try answering { () throws(StoreError) in
                try index.search(
                    ExecutionSearch(), before: before, examinedMax: settings.searchBatch,
                    limit: settings.searchBatch)
            }
            pass.examined += Int64(slice.examined)
            var going: [ExecutionEntry] = []
            for entry in slice.entries where decision.goes(entry) && canGo(entry) { going.append(entry) }
            for entry in going { pass.note(entry) }
            if !dryRun { pass.removal += try await remove(going) }
            try await progress(pass)
            cursor = slice.last
            await nextTurn()
            if isDraining { throw Self.gone }
        }
        if pass.removal.executions > 0 { log.retentionRan(pass.removal) }
        return pass
    }

    /// Nothing that is open may point at it.
    private func canGo(_ entry: ExecutionEntry) -> Bool {
        children[entry.execution] == nil && (registry.worker(entry.execution)?.stagedRows ?? 0) == 0
    }

    private func remove(_ entries: [ExecutionEntry]) async throws(RPCError) -> Removal {
        var all = Removal()
        var rest = entries[...]
        while !rest.isEmpty {
            let chunk = Array(rest.prefix(Self.executionsAtOnce))
            rest = rest.dropFirst(Self.executionsAtOnce)
            let begin = ContinuousClock.now
            await settle()
            all += try answering { () throws(StoreError) in try removeNow(chunk) }
            all += try await finishRemovals()
            await pause(after: ContinuousClock.now - begin)
            if isDraining { throw Self.gone }
        }
        return all
    }

    /// One transaction, between two commits.
    private func removeNow(_ entries: [ExecutionEntry]) throws(StoreError) -> Removal {
        if let broken { throw broken }
        // They are in the table then, and counted there with all that the table tells of.
        try index.flush(entries)
        let flows = index.noteRemoved(entries)
        let removal: Removal
        do throws(StoreError) {
            removal = try store.remove(entries, flows: flows, rowsMax: Self.rowsAtOnce)
        } catch {
            _ = index.noteRemoved(entries, by: 1)
            throw error
        }
        for entry in entries {
            if let worker = registry.worker(entry.execution) { registry.remove(worker) }
            removedSequence = max(removedSequence, entry.lastSequence)
        }
        metrics.noteRemoval(removal)
        return removal
    }

    /// Histories that are too long for one transaction, also those that an earlier process has begun.
    private func finishRemovals() async throws(RPCError) -> Removal {
        var all = Removal()
        while true {
            let begin = ContinuousClock.now
            await settle()
            let removal = try answering { () throws(StoreError) in
                try store.continueRemoval(rowsMax: Self.rowsAtOnce)
            }
            guard removal.rows > 0 else { return all }
            metrics.noteRemoval(removal)
            all += removal
            await pause(after: ContinuousClock.now - begin)
            if isDraining { throw Self.gone }
        }
    }

    private func pause(after work: Duration) async {
        let pause = max(work * Self.pauseFactor, .milliseconds(1))
        await withCheckedContinuation { continuation in
            _ = loop.after(pause) { continuation.resume() }
        }
        // A backup holds the engine for some milliseconds.
        while isHeld { await nextTurn() }
    }
}

extension ApplyRetention.Result {
    init(_ pass: RetentionPass, _ rules: [RetentionRule]) {
        self.init()
        examined = pass.examined
        executions = pass.found
        rows = pass.removal.rows
        bytes = pass.removal.bytes
        self.rules = rules.map { rule -> RetentionRuleRecord in
            .with {
                $0.flow = rule.pattern
                $0.statuses = rule.statuses.map(\.rawValue).sorted()
                $0.keepDays = rule.keepDays
                $0.keepCount = rule.keepCount
            }
        }
        groups = pass.groups.map { group, found -> RetentionGroup in
            .with {
                $0.flowName = group.flow
                $0.status = group.status
                $0.executions = found.count
                $0.oldestTime = found.oldest.description
            }
        }.sorted { ($0.flowName, $0.status) < ($1.flowName, $1.status) }
    }
}
