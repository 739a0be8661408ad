import FlowEngineAPI
import FlowStore
import Primitives
import RPCProtocol

extension FlowEngineService {
    private static let stepsFor: Duration = .milliseconds(1)
    private static let findingsToldMax: Int64 = 1000

    func verifyJournal(
        _ params: VerifyJournal.Params, _ sink: StreamSink<VerifyJournal>
    ) async throws(RPCError) -> VerifyJournal.Result {
        guard !isVerifying else {
            throw .throttled("the journal is being verified already", retryAfter: .seconds(10))
        }
        // Nothing is removed meanwhile.
        isVerifying = true
        defer { isVerifying = false }
        await settle()
        var walk = JournalVerification(through: committedSequence, tally: index.tally.total)
        var shown = ContinuousClock.now
        while !walk.isDone {
            let faults = try stepsOfTurn(&walk)
            if !faults.isEmpty || ContinuousClock.now - shown > .milliseconds(200) {
                try sink.send(walk.item(Array(faults.prefix(100))))
                try await sink.room()
                shown = .now
            }
            await nextTurn()
            if isDraining { throw Self.gone }
        }
        var result = VerifyJournal.Result(walk.counts)
        if params.fileToo ?? true {
            let faults = try await structureFaults()
            result.findings += Int64(faults.count)
            if !faults.isEmpty { try sink.send(walk.item(faults.map { VerifyFault("file", $0) })) }
        }
        result.sound = result.findings == 0
        return result
    }

    private func stepsOfTurn(_ walk: inout JournalVerification) throws(RPCError) -> [VerifyFault] {
        let begin = ContinuousClock.now
        var faults: [VerifyFault] = []
        do throws(StoreError) {
            let sources = JournalVerification.Sources(
                store: store,
                entry: { (execution) throws(StoreError) in try self.index.entry(execution: execution) },
                machine: { (entry) throws(StoreError) in try self.makeMachine(entry.start) })
            repeat {
                faults += try walk.step(sources)
            } while !walk.isDone && faults.count < 100
                && ContinuousClock.now - begin < Self.stepsFor
        } catch {
            throw RPCError(error)
        }
        return faults
    }

    /// The structure of the file, by another connection on another thread.
    private func structureFaults() async throws(RPCError) -> [String] {
        do throws(StoreError) { return try await Self.structureFaults(of: store) } catch {
            throw RPCError(error)
        }
    }

    @concurrent
    private static func structureFaults(of store: any DurableStore) async throws(StoreError) -> [String] {
        try store.structureFaults()
    }
}

extension JournalVerification {
    func item(_ faults: [VerifyFault]) -> VerifyJournal.Item {
        .with {
            $0.rows = counts.rows
            $0.executions = counts.executions
            $0.sequence = sequence
            $0.through = through
            $0.findings = faults.map(VerifyFinding.init)
        }
    }
}

extension VerifyFinding {
    init(_ fault: VerifyFault) {
        self.init()
        kind = fault.kind
        sequence = fault.sequence
        flowName = fault.flowName
        executionName = fault.executionName
        message = fault.message
    }
}

extension VerifyJournal.Result {
    init(_ counts: JournalVerification.Counts) {
        self.init()
        rows = counts.rows
        executions = counts.executions
        segments = counts.segments
        definitions = counts.definitions
        findings = counts.faults
        sound = findings == 0
    }
}
