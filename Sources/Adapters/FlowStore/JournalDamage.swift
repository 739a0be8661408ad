package import Primitives

/// Sequences of the journal whose rows are not there any more, or not as they were written.
package struct JournalDamage: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// They were acknowledged, and the disk has forgotten them.
        case lost
        /// They are there and can't be read.
        case unreadable
    }

    package var first: Int64
    package var last: Int64
    package var kind: Kind
    /// Whose rows they were, where that is known.
    package var execution: Int64?
    package var reason: String
    package var found = Timestamp(microseconds: 0)

    package init(first: Int64, last: Int64, kind: Kind, execution: Int64? = nil, reason: String) {
        self.first = first
        self.last = last
        self.kind = kind
        self.execution = execution
        self.reason = reason
    }
}

extension JournalDamage: CustomStringConvertible {
    package var description: String {
        let rows = first == last ? "row \(first)" : "rows \(first) to \(last)"
        let whose = execution.map { " of execution number \($0)" } ?? ""
        switch kind {
        case .lost: return "\(rows) of the journal are lost: \(reason)"
        case .unreadable: return "\(rows) of the journal\(whose) can't be read: \(reason)"
        }
    }
}

/// A look at rows that goes on behind what can't be read.
package struct RowScan: Sendable, Hashable {
    package var rows: [JournalRow] = []
    package var damages: [JournalDamage] = []
    /// Everything up to here was looked at; nil: there is nothing behind it.
    package var last: Int64?

    package init() {}
}

/// What a store knows about its own damage. A store without a disk has none.
package protocol DamageTable: Sendable {
    /// What the store found missing when it was opened.
    var openingLoss: JournalDamage? { get }

    /// Makes sure that rows can be added. When the journal's newest page can't be read, all rows of the
    /// others are moved to pages of their own first; returns what is lost with the rest, kept already.
    ///
    /// Durability: on disk when it returns. Throws: not a row can be read.
    func mendEnd(at now: Timestamp) throws(StoreError) -> [JournalDamage]

    /// The highest sequence that is known to have been used, even when the journal's newest page can't be
    /// read.
    func sequenceEnd() throws(StoreError) -> Int64

    /// What was found so far, by sequence.
    func damages() throws(StoreError) -> [JournalDamage]

    /// Keeps what was found; known damage is replaced.
    ///
    /// Durability: on disk when it returns.
    func keep(_ damages: [JournalDamage]) throws(StoreError)

    /// Rows behind `after`, at most `limit`, over everything that can't be read.
    func scan(after: Int64, limit: Int) throws(StoreError) -> RowScan

    /// Notes beside the journal that this sequence is on disk, by which a later start knows that rows are
    /// missing. Nothing is synced: losing the note loses no more than the proof.
    func witness(_ sequence: Int64)

    /// Makes the index and the segments anew and empty, whatever they hold, so that they are made again from
    /// the journal.
    func remakeIndex() throws(StoreError)

    /// Called once, when a part of the index is found that can't be read. The next start makes it again.
    func onIndexDamage(_ body: @escaping @Sendable (StoreError) -> Void)
}

extension DamageTable where Self: Journal {
    package var openingLoss: JournalDamage? { nil }
    package func mendEnd(at now: Timestamp) throws(StoreError) -> [JournalDamage] { [] }
    package func sequenceEnd() throws(StoreError) -> Int64 { try lastSequence() }
    package func damages() throws(StoreError) -> [JournalDamage] { [] }
    package func keep(_ damages: [JournalDamage]) throws(StoreError) {}
    package func witness(_ sequence: Int64) {}
    package func onIndexDamage(_ body: @escaping @Sendable (StoreError) -> Void) {}

    package func scan(after: Int64, limit: Int) throws(StoreError) -> RowScan {
        var scan = RowScan()
        scan.rows = try rows(after: after, through: .max, marked: false, limit: limit)
        scan.last = scan.rows.count == limit ? scan.rows.last?.sequence : nil
        return scan
    }
}

extension DamageTable where Self: ExecutionTable {
    package func remakeIndex() throws(StoreError) { try forgetIndex() }
}
