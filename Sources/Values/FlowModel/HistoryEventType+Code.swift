extension HistoryEventType {
    /// Its number in what is stored: 1 to 21, each for ever the same type's.
    package var code: Int64 {
        switch self {
        case .stepEntered: 1
        case .stepStarted: 2
        case .stepSucceeded: 3
        case .stepFailed: 4
        case .stepExited: 5
        case .branchEntered: 6
        case .branchExited: 7
        case .iterationEntered: 8
        case .iterationExited: 9
        case .taskScheduled: 10
        case .taskStarted: 11
        case .taskSubmitted: 12
        case .taskSubmitFailed: 13
        case .taskSucceeded: 14
        case .taskFailed: 15
        case .taskTimedOut: 16
        case .executionStarted: 17
        case .executionStopped: 18
        case .executionSucceeded: 19
        case .executionFailed: 20
        case .executionTimedOut: 21
        }
    }

    /// Nil: no type has this number.
    package init?(code: Int64) {
        guard code > 0, code <= Int64(Self.byCode.count) else { return nil }
        self = Self.byCode[Int(code) - 1]
    }

    private static let byCode = allCases.sorted { $0.code < $1.code }

    /// True for the events of the execution itself, which name no step.
    package var isOfExecution: Bool { code >= Self.executionStarted.code }
}
