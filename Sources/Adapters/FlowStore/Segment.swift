/// The state of an execution after one of its rows, so that what comes behind is read without what came
/// before.
///
/// Shape: `state` is a machine's snapshot; the store does not look into it. Derived: the rows alone say the
/// same.
package struct Segment: Sendable, Hashable {
    /// The last event of the row.
    package let lastEventID: Int64
    /// Of the row behind which the state was taken.
    package let sequence: Int64
    package let state: [UInt8]

    package init(lastEventID: Int64, sequence: Int64, state: [UInt8]) {
        self.lastEventID = lastEventID
        self.sequence = sequence
        self.state = state
    }
}
