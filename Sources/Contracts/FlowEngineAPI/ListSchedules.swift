package import RPCProtocol

/// The schedules of a flow in the order of their names, a page at a time.
package enum ListSchedules: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var nextToken: String?
        package var limit: Int64?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .optional("NextToken", \.nextToken, "From the page before"),
            .optional("Limit", \.limit, "1 to 1000, 60 if not given"),
        ]
    }

    package struct Result: WireRecord {
        package var schedules: [ScheduleRecord] = []
        package var nextToken: String?

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Schedules", \.schedules),
            .optional("NextToken", \.nextToken, "Absent at the end"),
        ]
    }

    package static let summary = "Lists the schedules of a flow"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.invalidArgument, .flowNotExists]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
        $0.limit = 2
    }
    package static let exampleResult = Result.with {
        $0.schedules = [CreateSchedule.exampleResult]
    }
}
