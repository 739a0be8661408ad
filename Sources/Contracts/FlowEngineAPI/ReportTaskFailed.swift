package import RPCProtocol

/// Ends a task with a failure, which the step's retry and catch see. A repeat with the same
/// `meta.idempotencyKey` is answered with the first EventId; any other report of an ended task with
/// `TaskAlreadyCompleted`, `details={outcome,eventId}`.
package enum ReportTaskFailed: RPCMethod {
    package struct Params: WireRecord {
        package var taskToken: String = ""
        package var error: String = ""
        package var cause: String?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("TaskToken", \.taskToken),
            .required("Error", \.error, "1 to 128 characters"),
            .optional("Cause", \.cause, "At most 4096 characters"),
        ]
    }

    package struct Result: WireRecord {
        package var eventId: Int64 = 0

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("EventId", \.eventId, "The TaskFailed event")
        ]
    }

    package static let summary = "Reports that a task failed"
    package static let roles: Set<RPCRole> = [.operate, .service]
    package static let errors: [RPCErrorName] = [
        .taskAlreadyCompleted, .taskInvalidState, .executionNotExists, .flowNotExists, .invalidArgument,
        .resourceThrottled,
    ]
    package static let exampleParams = Params.with {
        $0.taskToken = "dG9rZW4"
        $0.error = "OutOfStock"
    }
    package static let exampleResult = Result.with {
        $0.eventId = 7
    }
}
