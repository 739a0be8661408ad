import FlowStore
import Primitives
import RPCProtocol

/// What the disk has forgotten or changed: it is told, and does not take the rest down.
extension FlowEngineService {
    /// How far the journal goes. Sequences that are lost are not used a second time.
    func recoverJournal() throws(StoreError) {
        for damage in try store.mendEnd(at: world.now) {
            switch damage.kind {
            case .lost: log.lost(damage)
            case .unreadable: log.damaged(damage)
            }
        }
        var known = try store.damages()
        if var loss = store.openingLoss {
            loss.found = world.now
            known.removeAll { $0.first == loss.first }
            known.append(loss)
            try store.keep([loss])
            log.lost(loss)
        }
        let lost = known.filter { $0.kind == .lost }
        lostSequences = lost.map { $0.first...$0.last }
        removedSequence = try store.removedSequence()
        recoveredSequence = max(try store.lastSequence(), lost.map(\.last).max() ?? 0, removedSequence)
        nextSequence = recoveredSequence + 1
        committedSequence = recoveredSequence
        damages = known
        index.enter(known, removing: try store.halfRemoved())
    }

    /// Reads the index and the journal's tail; an index that can't be read is made again from the journal.
    /// Returns how many rows the index lacked.
    func recoverIndex(_ found: inout RecoveredWork) throws(StoreError) -> Int {
        let tail: Int
        do throws(StoreError) {
            if try store.lowWaterMark() < 0 {
                throw .damagedIndex(path: "the database", reason: "it was found damaged before")
            }
            tail = try index.takeInTail(of: store) { found.note($0) }
        } catch {
            guard case .damagedIndex = error else { throw error }
            log.indexDamaged(error)
            try store.remakeIndex()
            index = ExecutionIndex(table: store)
            index.enter(damages, removing: try store.halfRemoved())
            found = RecoveredWork()
            tail = try index.takeInTail(of: store) { found.note($0) }
            log.indexMade(rows: tail)
        }
        try keepFound()
        store.onIndexDamage { [onBroken, log] error in
            log.indexDamaged(error)
            onBroken(error)
        }
        return tail
    }

    private func keepFound() throws(StoreError) {
        let known = Set(damages.map(\.first))
        var found = index.damages.filter { !known.contains($0.first) }
        guard !found.isEmpty else { return }
        for position in found.indices { found[position].found = world.now }
        try store.keep(found)
        for damage in found { log.damaged(damage) }
        damages += found
    }

    /// Notes beside the journal how far it goes, if this process has added to it.
    func witness() {
        if committedSequence > recoveredSequence { store.witness(committedSequence) }
    }
}

// MARK: - The feed

extension FlowEngineService {
    /// Throws: somebody who goes on from there would miss what was lost.
    func checkKept(_ sequence: Int64) throws(RPCError) {
        // From the beginning is from the first that is kept.
        if (1..<max(1, removedSequence)).contains(sequence) {
            throw .argument(
                "AfterSequence",
                "\(sequence) is before \(removedSequence), up to which executions were removed by the "
                    + "rules of retention; begin at 0 and ask about what is open")
        }
        guard let lost = lostSequences.first(where: { $0.contains(sequence) }) else { return }
        throw .argument(
            "AfterSequence",
            "\(sequence) is among those that the disk has lost, \(lost.lowerBound) to \(lost.upperBound); "
                + "begin at 0 and ask about what is open")
    }

    /// Starts and ends; what can't be read is passed over.
    func feedRows(after: Int64, through: Int64) throws(RPCError) -> [JournalRow] {
        try answering { () throws(StoreError) in
            do throws(StoreError) {
                return try store.rows(
                    after: after, through: through, marked: true, limit: settings.feedBatch)
            } catch {
                guard case .unreadable = error else { throw error }
                let scan = try store.scan(after: after, limit: settings.feedBatch)
                return scan.rows.filter { $0.kind != .inner && $0.sequence <= through }
            }
        }
    }
}
