package import Primitives

/// A schedule as the store holds it: what was asked for, and how far it got.
package struct StoredSchedule: Sendable, Hashable {
    /// Made by the store: 1, 2, 3 … and never used twice.
    package var key: Int64 = 0
    /// The key of the flow, which another flow of the same name does not share.
    package var flow: Int64 = 0
    package var flowName = ""
    package var name = ""
    /// The published id.
    package var id = ""
    package var expression = ""
    package var payload = ""
    package var description = ""
    package var isEnabled = true
    package var created = Timestamp(microseconds: 0)
    package var modified = Timestamp(microseconds: 0)
    /// From where `@every` counts: when the expression came into force.
    package var anchor = Timestamp(microseconds: 0)
    /// When it is due next; nil while it is disabled, and when no time is left.
    package var next: Timestamp?
    /// When the run that was started last was due.
    package var last: Timestamp?
    package var lastExecution = ""
    /// Due times that passed without an execution of their own.
    package var missed: Int64 = 0

    package init() {}
}

/// A schedule that will fire, and when.
package struct ScheduleDue: Sendable, Hashable {
    package let key: Int64
    package let time: Timestamp

    package init(key: Int64, time: Timestamp) {
        self.key = key
        self.time = time
    }
}
