package import RPCProtocol

/// Ends a task with a result. A repeat with the same `meta.idempotencyKey` is answered with the first
/// EventId; any other report of an ended task with `TaskAlreadyCompleted`, `details={outcome,eventId}`.
package enum ReportTaskSucceeded: RPCMethod {
    package struct Params: WireRecord {
        package var taskToken: String = ""
        package var output: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("TaskToken", \.taskToken),
            .required("Output", \.output, "JSON text; an object"),
        ]
    }

    package struct Result: WireRecord {
        package var eventId: Int64 = 0

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("EventId", \.eventId, "The TaskSucceeded event")
        ]
    }

    package static let summary = "Reports that a task succeeded"
    package static let roles: Set<RPCRole> = [.operate, .service]
    package static let errors: [RPCErrorName] = [
        .taskAlreadyCompleted, .taskInvalidState, .executionNotExists, .flowNotExists, .invalidArgument,
        .entityTooLarge, .resourceThrottled,
    ]
    package static let exampleParams = Params.with {
        $0.taskToken = "dG9rZW4"
        $0.output = "{\"paymentMethod\":\"zhifubao\"}"
    }
    package static let exampleResult = Result.with {
        $0.eventId = 7
    }
}
