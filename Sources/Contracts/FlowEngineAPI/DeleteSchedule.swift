package import RPCProtocol

/// Deletes a schedule; executions that it started go on.
package enum DeleteSchedule: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var scheduleName: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .required("ScheduleName", \.scheduleName),
        ]
    }

    package typealias Result = NoFields

    package static let summary = "Deletes a schedule"
    package static let roles: Set<RPCRole> = [.operate, .service]
    package static let errors: [RPCErrorName] = [.invalidArgument, .flowNotExists, .scheduleNotExists]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
        $0.scheduleName = "weekday-mornings"
    }
    package static let exampleResult = Result()
}
