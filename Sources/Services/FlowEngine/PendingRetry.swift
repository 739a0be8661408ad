import FlowModel
import Primitives

/// A failed attempt that the flow repeats after a pause: between two attempts no task is open.
struct PendingRetry: Hashable {
    let stepName: String
    let scheduledEventID: Int64
    let resourceArn: String
    /// Of the attempt to come.
    let attempt: Int64
    let retryAt: String
    let reason: String

    /// Those of an execution that runs: failures that announce a retry which has not been scheduled yet.
    static func all(in events: [HistoryEvent]) -> [PendingRetry] {
        var scheduled: [Int64: HistoryEvent] = [:]
        var pending: [Int64: PendingRetry] = [:]
        for event in events {
            if event.type == .taskScheduled {
                scheduled[event.eventID] = event
                pending[event.scheduleEventID] = nil
            } else if let task = scheduled[event.scheduleEventID], task.stepName == event.stepName {
                scheduled[event.eventID] = task
                if event.type.endsTask, let retry = PendingRetry(event, of: task) {
                    pending[event.eventID] = retry
                }
            }
        }
        return pending.sorted { $0.key < $1.key }.map(\.value)
    }

    private init?(_ failure: HistoryEvent, of task: HistoryEvent) {
        guard let retryAt = failure.detail["retryAt"]?.stringValue else { return nil }
        stepName = task.stepName
        scheduledEventID = task.eventID
        resourceArn = task.detail["resourceArn"]?.stringValue ?? ""
        attempt = (task.detail["attempt"]?.integerValue ?? 0) + 1
        self.retryAt = retryAt
        let words = [failure.detail["error"], failure.detail["cause"]].compactMap { $0?.stringValue }
        reason = words.filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
