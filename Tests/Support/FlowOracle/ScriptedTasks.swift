import FlowCore
import FlowModel
import FlowSimulation
import Primitives

/// Answers the machine's calls as the behaviour says, and sorts its events by the thread they belong to.
struct ScriptedTasks: TaskStandIn {
    let behaviour: TaskBehaviour
    private var sorter = ThreadSorter()

    init(_ behaviour: TaskBehaviour) { self.behaviour = behaviour }

    var threads: [String: [HistoryEvent]] { sorter.threads }
    /// What ended the execution.
    var last: HistoryEvent? { sorter.last }

    mutating func observe(_ events: [HistoryEvent]) {
        for event in events { sorter.observe(event) }
    }

    mutating func answer(to call: TaskInvocation) -> MockAnswer? {
        sorter.place(of: call.scheduledEventID).map(behaviour.answer)
    }
}

struct OneToken: TaskTokenMint {
    func token(flow: String, execution: String, scheduledEventID: Int64) -> String { Oracle.token }
}
