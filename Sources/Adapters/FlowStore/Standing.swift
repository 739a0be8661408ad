import Primitives

/// What an open execution stands at, small: most stand at one step, and there may be a million.
package struct Standing: Sendable {
    enum Steps: UInt8, Sendable {
        case none
        /// The one in the other members.
        case one
        /// Too many or too large for them; they lie beside.
        case beside
    }

    /// A number of the name table, as is `step`.
    let flow: UInt32
    var steps = Steps.none
    private var state: UInt8 = 0
    private(set) var step: UInt32 = 0
    private var attempt: UInt32 = 0
    private var scheduledEventID: UInt32 = 0
    private var tail: UInt32 = 0
    private var since: Int64 = 0
    private var scheduled: Int64 = 0
    /// `Int64.min`: there is none.
    private var deadline: Int64 = .min

    init(flow: UInt32) { self.flow = flow }

    /// Takes in the step; false when a number of it does not fit.
    ///
    /// - Parameter name: its name's number.
    mutating func hold(_ open: OpenStep, name: UInt32) -> Bool {
        guard let attempt = UInt32(exactly: open.attempt), let tail = UInt32(exactly: open.tail),
            let scheduledEventID = UInt32(exactly: open.scheduledEventID)
        else { return false }
        steps = .one
        state = UInt8(truncatingIfNeeded: open.state.rawValue)
        step = name
        self.attempt = attempt
        self.scheduledEventID = scheduledEventID
        self.tail = tail
        since = open.since.microseconds
        scheduled = open.scheduled.microseconds
        deadline = open.deadline?.microseconds ?? .min
        return true
    }

    /// The one step, by its name.
    func open(_ name: String) -> OpenStep {
        OpenStep(
            name: name, state: OpenStepState(rawValue: Int64(state)) ?? .delivering,
            since: Timestamp(microseconds: since),
            deadline: deadline == .min ? nil : Timestamp(microseconds: deadline), attempt: Int64(attempt),
            scheduledEventID: Int64(scheduledEventID), scheduled: Timestamp(microseconds: scheduled),
            tail: Int64(tail))
    }
}
