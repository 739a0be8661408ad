/// One way on from a place of a flow to another: what can run after what, and why.
package struct FlowWire: Sendable, Hashable {
    package enum Place: Sendable, Hashable {
        /// Of the execution.
        case start
        /// Of the execution.
        case end
        case step(String)
        /// A branch of this parallel, or an iteration of this foreach, ends.
        case threadEnd(of: String)
    }

    package enum Kind: Sendable, Hashable {
        /// The step behind it in its list, or what follows its list.
        case next
        /// A choice's condition, as written.
        case condition(String)
        /// A choice's default.
        case otherwise
        /// A choice without a default, when no condition holds.
        case noneHolds
        /// The goto of a choice's branch, from the branch's last step.
        case goto
        /// A task's catch, with the error names.
        case caught([String])
        /// Into a branch of a parallel, from 0.
        case branch(Int)
        /// Into an iteration of a foreach.
        case iteration
    }

    package let from: Place
    package let to: Place
    package let kind: Kind

    package init(from: Place, to: Place, kind: Kind) {
        self.from = from
        self.to = to
        self.kind = kind
    }
}
