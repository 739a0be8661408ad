package import RPCProtocol

/// Runs an execution of an Express flow and answers with its end.
///
/// Durability: as every execution's: it goes on when the caller or the engine goes away, and its history is
/// kept under the name that is answered. A repeat starts another one.
package enum StartSyncExecution: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var executionName: String?
        package var input: String?
        package var qualifier: String?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .optional("ExecutionName", \.executionName, "Need not be unique: a UUID is put behind it"),
            .optional("Input", \.input, "Text of a JSON object"),
            .optional("Qualifier", \.qualifier, "A version or an alias; the flow as it stands when empty"),
        ]
    }

    package struct Result: WireRecord {
        package var flowName: String = ""
        package var name: String = ""
        package var status: String = ""
        package var output: String = ""
        package var errorCode: String = ""
        package var errorMessage: String = ""
        package var startedTime: String = ""
        package var stoppedTime: String = ""

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("FlowName", \.flowName),
            .required("Name", \.name, "{ExecutionName}:{UUID}"),
            .required("Status", \.status, "Succeeded, Failed, Stopped or TimedOut"),
            .defaulted("Output", \.output, "JSON text; empty unless it succeeded"),
            .defaulted("ErrorCode", \.errorCode, "Name of the failure, when there is one"),
            .defaulted("ErrorMessage", \.errorMessage, "Its cause"),
            .required("StartedTime", \.startedTime),
            .required("StoppedTime", \.stoppedTime),
        ]
    }

    package static let summary = "Runs an execution of an Express flow to its end"
    package static let roles: Set<RPCRole> = [.operate, .service]
    package static let errors: [RPCErrorName] = [
        .flowNotExists, .flowVersionNotExists, .flowAliasNotExists, .invalidArgument, .entityTooLarge,
        .resourceThrottled,
    ]
    package static let exampleParams = Params.with {
        $0.flowName = "Quote"
        $0.executionName = "q-1"
        $0.input = "{}"
    }
    package static let exampleResult = Result.with {
        $0.flowName = "Quote"
        $0.name = "q-1:6ba7b810-9dad-41d1-80b4-00c04fd430c8"
        $0.status = "Succeeded"
        $0.output = "{}"
        $0.startedTime = "2026-11-23T09:30:00.000Z"
        $0.stoppedTime = "2026-11-23T09:30:00.120Z"
    }
}
