import FlowEngineAPI
import FlowModel
import RPCProtocol

/// Waiting for an execution to end.
enum ExecutionEnd {
    /// The engine lets one question wait so long. Units: seconds.
    private static let pollSecondsMax: Int64 = 60
    /// How long an execution that is not there may still come.
    private static let startGrace: Duration = .seconds(2)

    /// The execution as it ended, or as it is when the limit passes.
    ///
    /// - Parameter limit: nil: without end.
    static func wait(
        flow: String, execution: String, limit: Duration?, _ peers: Peers
    ) async throws(CommandFailure) -> ExecutionRecord {
        let clock = ContinuousClock()
        let begin = clock.now
        let end = limit.map { begin + $0 }
        while true {
            let left = end.map { max(.zero, clock.now.duration(to: $0)) } ?? .seconds(pollSecondsMax)
            // A part of a second counts as a whole one, so that a short limit still waits.
            let seconds = min(pollSecondsMax, (left.milliseconds + 999) / 1000)
            let record: ExecutionRecord
            do throws(CommandFailure) {
                record = try await describe(flow, execution, waiting: seconds, peers)
            } catch {
                // The start follows a moment after the submission of an order was answered.
                let mayCome = error.errorName == .executionNotExists && clock.now < begin + startGrace
                guard mayCome, end.map({ clock.now < $0 }) ?? true else { throw error }
                try? await Task.sleep(for: .milliseconds(50))
                continue
            }
            if isEnded(record) { return record }
            if let end, clock.now >= end { return record }
        }
    }

    private static func describe(
        _ flow: String, _ execution: String, waiting seconds: Int64, _ peers: Peers
    ) async throws(CommandFailure) -> ExecutionRecord {
        try await peers.call(
            DescribeExecution.self,
            .with {
                $0.flowName = flow
                $0.executionName = execution
                $0.waitTimeSeconds = seconds
            }, on: .flowEngine, within: .seconds(seconds) + Peers.answerTimeout)
    }

    static func isEnded(_ record: ExecutionRecord) -> Bool {
        ExecutionStatus(rawValue: record.status)?.isTerminal ?? false
    }

    /// Throws unless it succeeded: exit status 10, or 6 while it still runs.
    static func check(_ record: ExecutionRecord) throws(CommandFailure) {
        let name = "\(record.flowName) \(record.name)"
        switch ExecutionStatus(rawValue: record.status) {
        case .succeeded: return
        case .failed, .stopped, .timedOut:
            let reason = [record.error, record.cause].compactMap { $0 }.filter { !$0.isEmpty }.joined(
                separator: ": ")
            throw CommandFailure(
                .executionEndedBadly,
                "execution \(record.name) ended \(record.status)\(reason.isEmpty ? "" : " (\(reason))")",
                next: "fnfctl execution history \(name)")
        case .starting, .running, nil:
            throw CommandFailure(
                .timedOut, "execution \(record.name) is still \(record.status)",
                next:
                    "what it waits for: fnfctl execution describe \(name)"
            )
        }
    }
}
