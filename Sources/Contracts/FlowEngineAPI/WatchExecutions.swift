package import Primitives
package import RPCProtocol

/// The feed of starts and ends of executions in the order of their commits, without gap or repeat.
///
/// Resume with the Sequence of the last item that was handled. It does not end by itself.
package enum WatchExecutions: RPCStreamMethod {
    package struct Params: WireRecord {
        package var flowName: String?
        package var afterSequence: Int64 = 0

        package init() {}

        package static let fields: [WireField<Params>] = [
            .optional("FlowName", \.flowName, "All flows when missing"),
            .defaulted("AfterSequence", \.afterSequence, "0 from the beginning"),
        ]
    }

    package typealias Result = NoFields

    package struct Item: WireRecord {
        package var sequence: Int64 = 0
        package var flowName: String = ""
        package var executionName: String = ""
        package var status: String = ""
        package var time: String = ""
        package var error: String?
        package var cause: String?
        package var labels: JSONObject = [:]

        package init() {}

        package static let fields: [WireField<Item>] = [
            .required("Sequence", \.sequence, "Of the commit; grows, with gaps"),
            .required("FlowName", \.flowName),
            .required("ExecutionName", \.executionName),
            .required("Status", \.status, "Running when it started, else how it ended"),
            .required("Time", \.time),
            .optional("Error", \.error),
            .optional("Cause", \.cause),
            .defaulted("Labels", \.labels),
        ]
    }

    package static let summary = "Follows starts and ends of executions by commit sequence"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.invalidArgument, .slowConsumer]
    package static let exampleParams = Params.with {
        $0.afterSequence = 0
    }
    package static let exampleResult = Result()
    package static let exampleItem = Item.with {
        $0.sequence = 12
        $0.flowName = "Greeting"
        $0.executionName = "run-1"
        $0.status = "Succeeded"
        $0.time = "2026-11-23T09:30:01.000Z"
    }
}
