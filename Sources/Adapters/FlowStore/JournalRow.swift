/// What a row of the journal means to the feed of starts and ends.
package enum JournalRowKind: Int64, Sendable, Hashable {
    case inner = 0
    /// The first row of an execution.
    case starts = 1
    /// The last row of an execution.
    case ends = 2
}

/// One transition of one execution: the unit that is written whole or not at all.
///
/// Shape: `body` is the JSON text of a `TransitionBody`; the store does not look into it.
package struct JournalRow: Sendable, Hashable {
    /// Counts the rows of all executions: 1, 2, 3 … in the order of their commits, with gaps after refused
    /// commits.
    package let sequence: Int64
    /// The sequence of the execution's first row: its id in the store.
    package let execution: Int64
    /// The execution's row before this one, 0 for the first. A history is read by walking back along it, so
    /// that the commit writes no index.
    package let previous: Int64
    package let kind: JournalRowKind
    package let body: [UInt8]
    /// Written with the row; a row that is read has none.
    package var segment: Segment?

    package init(sequence: Int64, execution: Int64, previous: Int64, kind: JournalRowKind, body: [UInt8]) {
        self.sequence = sequence
        self.execution = execution
        self.previous = previous
        self.kind = kind
        self.body = body
    }
}
