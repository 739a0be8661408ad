package import RPCProtocol

/// How many executions there are, by status, by flow and by what they wait for; kept, not counted when
/// asked. Ours: the cloud has no such action.
package enum CountExecutions: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String?
        package var nextToken: String?
        package var limit: Int64?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .optional("FlowName", \.flowName, "Flows holds this one only; the rest is over all flows"),
            .optional("NextToken", \.nextToken, "The flow's name to go on from"),
            .optional("Limit", \.limit, "Flows: 1 to 100, 60 if not given"),
        ]
    }

    package struct Result: WireRecord {
        package var summary = ActivitySummary()
        package var flows: [FlowCounts] = []
        package var minutes: [MinuteCounts] = []
        package var nextToken: String?

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Summary", \.summary),
            .required("Flows", \.flows, "That have executions, in the order of their names"),
            .required("Minutes", \.minutes, "Of the last hour, oldest first, sixty of them"),
            .optional("NextToken", \.nextToken, "Of Flows"),
        ]
    }

    package static let summary = "Counts executions by status, flow and what they wait for"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.invalidArgument]
    package static let exampleParams = Params()
    package static let exampleResult = Result.with {
        $0.summary = WatchActivity.exampleItem
        $0.flows = [
            FlowCounts.with {
                $0.flowName = "Greeting"
                $0.running = 1
                $0.succeeded = 41
                $0.waitingForCallback = 1
            }
        ]
        $0.minutes = [
            MinuteCounts.with {
                $0.minute = "2026-11-23T09:30:00.000Z"
                $0.started = 2
                $0.succeeded = 1
            }
        ]
    }
}

/// The executions of a flow, those of deleted flows of the same name among them.
package struct FlowCounts: WireRecord {
    package var flowName: String = ""
    package var running: Int64 = 0
    package var succeeded: Int64 = 0
    package var failed: Int64 = 0
    package var timedOut: Int64 = 0
    package var stopped: Int64 = 0
    package var waitingForCallback: Int64 = 0
    package var retrying: Int64 = 0
    package var delivering: Int64 = 0

    package init() {}

    package static let fields: [WireField<FlowCounts>] = [
        .required("FlowName", \.flowName),
        .required("Running", \.running),
        .required("Succeeded", \.succeeded),
        .required("Failed", \.failed),
        .required("TimedOut", \.timedOut),
        .required("Stopped", \.stopped),
        .required("WaitingForCallback", \.waitingForCallback),
        .required("Retrying", \.retrying),
        .required("Delivering", \.delivering),
    ]
}

/// What began and ended in one minute.
package struct MinuteCounts: WireRecord {
    package var minute: String = ""
    package var started: Int64 = 0
    package var succeeded: Int64 = 0
    package var failed: Int64 = 0
    package var timedOut: Int64 = 0
    package var stopped: Int64 = 0

    package init() {}

    package static let fields: [WireField<MinuteCounts>] = [
        .required("Minute", \.minute, "Its beginning"),
        .required("Started", \.started),
        .required("Succeeded", \.succeeded),
        .required("Failed", \.failed),
        .required("TimedOut", \.timedOut),
        .required("Stopped", \.stopped),
    ]
}
