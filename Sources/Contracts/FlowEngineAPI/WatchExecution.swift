package import RPCProtocol

/// Follows one execution: first its status and the events after the given one, then each commit as it
/// happens; ends with it.
package enum WatchExecution: RPCStreamMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var executionName: String = ""
        package var afterEventId: Int64?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .required("ExecutionName", \.executionName),
            .optional("AfterEventId", \.afterEventId, "Resume after this event"),
        ]
    }

    package typealias Result = ExecutionRecord

    package struct Item: WireRecord {
        package var status: String = ""
        package var events: [EventRecord] = []

        package init() {}

        package static let fields: [WireField<Item>] = [
            .required("Status", \.status),
            .required("Events", \.events),
        ]
    }

    package static let summary = "Follows one execution until it ends"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [
        .executionNotExists, .flowNotExists, .invalidArgument, .slowConsumer,
    ]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
        $0.executionName = "run-1"
    }
    package static let exampleResult = Result.with {
        $0.flowName = "Greeting"
        $0.name = "run-1"
        $0.status = "Running"
        $0.startedTime = "2026-11-23T09:30:00.000Z"
    }
    package static let exampleItem = Item.with {
        $0.status = "Running"
        $0.events = [GetExecutionHistory.exampleEvent]
    }
}
