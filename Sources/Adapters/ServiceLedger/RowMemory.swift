package import GRDB

/// Rows that were read or written lately, by their key, so that the next job on one of them reads nothing.
///
/// The database stays the truth: what a commit does not keep is forgotten and read again. Touched on the loop
/// only, hence unchecked.
package final class RowMemory<Row: Sendable>: CommitMember, @unchecked Sendable {
    /// Rows are kept in two generations of at most so many; the older one is dropped as a whole.
    @usableFromInline let generationMax: Int
    @usableFromInline var young: [String: Row] = [:]
    @usableFromInline var old: [String: Row] = [:]
    /// The keys that the commit under way has changed.
    @usableFromInline var changed: [String] = []

    /// - Parameter generationMax: enough for all that is under way at once at the highest rate.
    @inlinable package init(generationMax: Int = 1024) { self.generationMax = generationMax }

    @inlinable package func recall(_ key: String) -> Row? {
        if let row = young[key] { return row }
        guard let row = old.removeValue(forKey: key) else { return nil }
        keep(row, key)
        return row
    }

    /// Keeps a row as it was read.
    @inlinable package func remember(_ row: Row, _ key: String) { keep(row, key) }

    /// Keeps a row as the commit under way has written it.
    @inlinable package func change(_ row: Row, _ key: String) {
        changed.append(key)
        keep(row, key)
    }

    @inlinable func keep(_ row: Row, _ key: String) {
        if young.count >= generationMax, young[key] == nil {
            old = young
            young = [:]
            young.reserveCapacity(generationMax)
        }
        young[key] = row
    }

    // MARK: The commit

    @inlinable package var changesHeld: Int { changed.count }

    @inlinable package func write(_ db: Database) throws {}

    @inlinable package func undo(to changesHeld: Int) {
        for key in changed[min(changesHeld, changed.count)...] {
            young[key] = nil
            old[key] = nil
        }
        changed.removeSubrange(min(changesHeld, changed.count)...)
    }

    @inlinable package func committed() { changed.removeAll(keepingCapacity: true) }
}
