package import RPCProtocol

/// The schedule as it is now.
package enum DescribeSchedule: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var scheduleName: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .required("ScheduleName", \.scheduleName),
        ]
    }

    package typealias Result = ScheduleRecord

    package static let summary = "Shows one schedule, when it is due next and what it started last"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.invalidArgument, .flowNotExists, .scheduleNotExists]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
        $0.scheduleName = "weekday-mornings"
    }
    package static let exampleResult = CreateSchedule.exampleResult
}
