package import FlowModel
import Primitives

/// Sorts a history's events by the thread they belong to, in the words that the oracle has for threads.
package struct ThreadSorter: Sendable {
    package private(set) var threads: [String: [HistoryEvent]] = [:]
    /// What ended the execution.
    package private(set) var last: HistoryEvent?
    private var threadOf: [Int64: String] = [:]
    private var parents: [String: String] = [:]
    private var visits: [String: Int] = [:]
    private var places: [Int64: CallPlace] = [:]

    package init() {}

    /// - Parameter event: with its whole detail, not only what is stored of it.
    package mutating func observe(_ event: HistoryEvent) {
        if event.type.endsExecution {
            last = event
            return
        }
        let cause = threadOf[event.scheduleEventID] ?? ""
        var thread = cause
        switch event.type {
        case .branchEntered, .iterationEntered:
            let visit = visits["\(cause):\(event.stepName)", default: 0]
            let index = event.detail["index"]?.integerValue ?? -1
            thread = "\(cause)/\(event.stepName)#\(visit)[\(index)]"
            parents[thread] = cause
            threadOf[event.eventID] = thread
        case .branchExited, .iterationExited:
            // The event is the branch's last one, and what it causes is the parent's.
            threadOf[event.eventID] = parents[cause] ?? ""
        default: threadOf[event.eventID] = thread
        }
        if event.type == .stepEntered { visits["\(thread):\(event.stepName)", default: 0] += 1 }
        if event.type == .taskScheduled {
            places[event.eventID] = CallPlace(
                thread: thread, step: event.stepName,
                visit: visits["\(thread):\(event.stepName)", default: 0],
                attempt: event.detail["attempt"]?.integerValue ?? 0)
        }
        threads[thread, default: []].append(event)
    }

    /// Where the task stands that this event scheduled.
    package func place(of scheduledEventID: Int64) -> CallPlace? { places[scheduledEventID] }
}
