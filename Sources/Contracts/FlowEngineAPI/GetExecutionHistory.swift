package import RPCProtocol

/// The events of an execution in order, a page at a time.
package enum GetExecutionHistory: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var executionName: String = ""
        package var nextToken: String?
        package var limit: Int64?
        package var reverseOrder: Bool?
        package var brief: Bool?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .required("ExecutionName", \.executionName),
            .optional("NextToken", \.nextToken, "The event id to go on from"),
            .optional("Limit", \.limit, "1 to 1000, 60 if not given"),
            .optional("ReverseOrder", \.reverseOrder, "True: the newest event first"),
            .optional(
                "Brief", \.brief,
                "True: details without what a step inherits; a loop over a large collection is then short"),
        ]
    }

    package struct Result: WireRecord {
        package var events: [EventRecord] = []
        package var nextToken: String?

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Events", \.events),
            .optional("NextToken", \.nextToken),
        ]
    }

    package static let summary = "Shows the events of an execution"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.executionNotExists, .flowNotExists, .invalidArgument]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
        $0.executionName = "run-1"
    }
    package static let exampleResult = Result.with {
        $0.events = [exampleEvent]
    }

    package static let exampleEvent = EventRecord.with {
        $0.eventId = 1
        $0.type = "ExecutionStarted"
        $0.time = "2026-11-23T09:30:00.000Z"
        $0.eventDetail = "{\"input\":{}}"
    }
}
