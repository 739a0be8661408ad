import FlowCore
import FlowModel
import FlowSimulation
import Primitives

/// Answers the machine's calls as the behaviour says, and sorts its events by the thread they belong to.
struct ScriptedTasks: TaskStandIn {
    let behaviour: TaskBehaviour
    private(set) var threads: [String: [HistoryEvent]] = [:]
    /// What ended the execution.
    private(set) var last: HistoryEvent?
    private var threadOf: [Int64: String] = [:]
    private var parents: [String: String] = [:]
    private var visits: [String: Int] = [:]
    private var places: [Int64: CallPlace] = [:]

    init(_ behaviour: TaskBehaviour) { self.behaviour = behaviour }

    mutating func observe(_ events: [HistoryEvent]) {
        for event in events { observe(event) }
    }

    private mutating func observe(_ event: HistoryEvent) {
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

    mutating func answer(to call: TaskInvocation) -> MockAnswer? {
        places[call.scheduledEventID].map(behaviour.answer)
    }
}

struct OneToken: TaskTokenMint {
    func token(flow: String, execution: String, scheduledEventID: Int64) -> String { Oracle.token }
}
