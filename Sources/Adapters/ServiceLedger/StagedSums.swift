package import GRDB
package import Primitives

/// What the jobs of a commit do to the sums, written once for each sum instead of once for each row.
///
/// Touched on the loop only, hence unchecked.
package final class StagedSums: CommitMember, @unchecked Sendable {
    /// Sums of old quarters and of rare groups are read again.
    private static let knownMax = 1024

    private let sums: RunningSums
    private var moves: [SumMove] = []
    /// Sums that were written lately, as the table has them.
    private var known: [SumKey: RunningSum] = [:]

    package init(_ sums: RunningSums) { self.sums = sums }

    /// Takes a row from where it was counted to where it counts now, in the commit under way.
    ///
    /// - Parameter began: when the row was made; it stays under that moment.
    package func move(from old: SummedRow?, to next: SummedRow?, began: Timestamp) {
        guard old != next else { return }
        moves.append(SumMove(old: old, next: next, began: began))
    }

    package var changesHeld: Int { moves.count }

    package func write(_ db: Database) throws {
        guard !moves.isEmpty else { return }
        if known.count > Self.knownMax { known = [:] }
        for (key, change) in SumChange.folded(moves) {
            var sum = try known[key] ?? sums.load(db, key)
            sum.add(change)
            try sums.store(db, sum, key)
            known[key] = sum.count > 0 ? sum : nil
        }
    }

    package func undo(to changesHeld: Int) {
        moves.removeSubrange(min(changesHeld, moves.count)...)
        known = [:]
    }

    package func committed() { moves.removeAll(keepingCapacity: true) }
}
