/// What the index writes as one.
package struct IndexChange: Sendable {
    package var entries: [ExecutionEntry]
    /// Of the entries that are open and stand at a step.
    package var steps: [Int64: [OpenStep]] = [:]
    package var flows: [FlowTally] = []
    package var minutes: [MinuteTally] = []
    /// Minutes before this one are forgotten.
    package var oldestMinute: Int64 = .min
    /// Every row of the journal up to here is taken in.
    package var lowWaterMark: Int64
    /// Every row up to here is counted; entries may have taken in rows up to here too.
    package var tallyMark: Int64

    package init(entries: [ExecutionEntry], lowWaterMark: Int64, tallyMark: Int64) {
        self.entries = entries
        self.lowWaterMark = lowWaterMark
        self.tallyMark = tallyMark
    }
}
