import RPCProtocol

/// How often a call was repeated, and for what.
struct Repeats {
    private static let lostMax = 3
    private static let stoppingPause: Duration = .milliseconds(100)
    /// Ten seconds of pauses: a service that drains longer is killed by its unit.
    private static let stoppingMax = 100

    private var lost = 0
    private var stopping = 0

    init() {}

    /// Whether to call again, after the pause that the failure asks for.
    mutating func mayFollow(_ failure: RPCFailure, in session: Session) async -> Bool {
        if case .lost = failure, lost < Self.lostMax {
            lost += 1
            return true
        }
        // It ends within seconds, and the next call meets its successor.
        guard failure.isStopping, stopping < Self.stoppingMax else { return false }
        stopping += 1
        await session.pause(Self.stoppingPause)
        return true
    }
}

extension RPCFailure {
    /// The process that was called ends.
    var isStopping: Bool {
        if case .answered(let error) = self { return error.isStopping }
        return false
    }
}
