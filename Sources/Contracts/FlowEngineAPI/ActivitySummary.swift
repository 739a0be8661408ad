package import RPCProtocol

/// How many executions there are, over all flows, and what the open ones wait for.
package struct ActivitySummary: WireRecord {
    package var time: String = ""
    package var running: Int64 = 0
    package var succeeded: Int64 = 0
    package var failed: Int64 = 0
    package var timedOut: Int64 = 0
    package var stopped: Int64 = 0
    package var waitingForCallback: Int64 = 0
    package var retrying: Int64 = 0
    package var delivering: Int64 = 0
    package var waitingTasks: Int64 = 0
    package var lastHour = HourCounts()
    package var oldestWaiting: OldestWaiting?

    package init() {}

    package static let fields: [WireField<ActivitySummary>] = [
        .required("Time", \.time, "When it was so"),
        .required("Running", \.running, "Executions that have not ended"),
        .required("Succeeded", \.succeeded),
        .required("Failed", \.failed),
        .required("TimedOut", \.timedOut),
        .required("Stopped", \.stopped),
        .required("WaitingForCallback", \.waitingForCallback, "Open ones with a task that awaits a report"),
        .required("Retrying", \.retrying, "Open ones with a task that failed and is tried again later"),
        .required("Delivering", \.delivering, "Open ones with a task that is on its way or being done"),
        .required("WaitingTasks", \.waitingTasks, "Tasks that await a report"),
        .required("LastHour", \.lastHour),
        .optional("OldestWaiting", \.oldestWaiting, "The task that has awaited its report longest"),
    ]
}

/// What began and ended in the last sixty minutes, the present one among them.
package struct HourCounts: WireRecord {
    package var started: Int64 = 0
    package var succeeded: Int64 = 0
    package var failed: Int64 = 0
    package var timedOut: Int64 = 0
    package var stopped: Int64 = 0

    package init() {}

    package static let fields: [WireField<HourCounts>] = [
        .required("Started", \.started),
        .required("Succeeded", \.succeeded),
        .required("Failed", \.failed),
        .required("TimedOut", \.timedOut),
        .required("Stopped", \.stopped),
    ]
}

/// A task that awaits its report, by name.
package struct OldestWaiting: WireRecord {
    package var flowName: String = ""
    package var executionName: String = ""
    package var stepName: String = ""
    package var since: String = ""

    package init() {}

    package static let fields: [WireField<OldestWaiting>] = [
        .required("FlowName", \.flowName),
        .required("ExecutionName", \.executionName),
        .required("StepName", \.stepName),
        .required("Since", \.since),
    ]
}
