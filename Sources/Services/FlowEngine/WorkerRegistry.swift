import FlowStore

/// The executions in memory. A machine can be made again from the journal at any time, so any may be let go
/// that has nothing staged.
struct WorkerRegistry {
    private struct Name: Hashable {
        let flow: Int64
        let name: String
    }

    private let openMax: Int
    private let endedMax: Int
    private var byID: [Int64: ExecutionWorker] = [:]
    private var byName: [Name: Int64] = [:]
    /// Ended executions, oldest first.
    private var ended: [Int64] = []
    private var uses: UInt64 = 0

    init(openMax: Int, endedMax: Int) {
        self.openMax = openMax
        self.endedMax = endedMax
    }

    var count: Int { byID.count }

    mutating func worker(_ id: Int64) -> ExecutionWorker? {
        guard let worker = byID[id] else { return nil }
        uses += 1
        worker.lastUsed = uses
        return worker
    }

    func worker(flow: Int64, name: String) -> ExecutionWorker? {
        byName[Name(flow: flow, name: name)].flatMap { byID[$0] }
    }

    mutating func add(_ worker: ExecutionWorker) {
        uses += 1
        worker.lastUsed = uses
        byID[worker.id] = worker
        byName[Name(flow: worker.entry.flow, name: worker.entry.name)] = worker.id
        if !worker.entry.isOpen { noteEnded(worker.id) }
        if byID.count > openMax + endedMax { letGo(but: worker) }
    }

    mutating func noteEnded(_ id: Int64) {
        ended.append(id)
        guard ended.count > endedMax else { return }
        let oldest = ended.removeFirst()
        if let worker = byID[oldest], worker.stagedRows == 0 { remove(worker) }
    }

    mutating func remove(_ worker: ExecutionWorker) {
        guard byID[worker.id] === worker else { return }
        byID[worker.id] = nil
        byName[Name(flow: worker.entry.flow, name: worker.entry.name)] = nil
    }

    /// A quarter at once, those that were used longest ago: sorting is then rare.
    ///
    /// - Parameter added: it is about to be stepped and has nothing staged yet. When nearly all others have,
    ///   it would be among the quarter, and the next look at the execution made a second machine.
    private mutating func letGo(but added: ExecutionWorker) {
        let idle = byID.values.filter { $0.stagedRows == 0 && $0 !== added }.sorted {
            $0.lastUsed < $1.lastUsed
        }
        for worker in idle.prefix(max(1, openMax / 4)) { remove(worker) }
    }
}
