package import RPCProtocol

/// Stops the executions that are named, up to a hundred in one call; one that can't be stopped does not keep
/// the others. A repeat is answered with `alreadyEnded` and the status. Ours: the cloud has no such action.
///
/// Durability: what is answered `stopped` is on disk.
package enum StopExecutions: RPCMethod {
    package struct Params: WireRecord {
        package var executions: [ExecutionReference] = []
        package var error: String?
        package var cause: String?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("Executions", \.executions, "1 to 100"),
            .optional("Error", \.error, "Name of the failure that a parent flow sees"),
            .optional("Cause", \.cause, "The reason, kept in each history"),
        ]
    }

    package struct Result: WireRecord {
        package var items: [StopOutcome] = []
        package var stopped: Int64 = 0

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Items", \.items, "In the order of the call"),
            .required("Stopped", \.stopped, "How many this call stopped"),
        ]
    }

    package static let summary = "Stops several running executions"
    package static let roles: Set<RPCRole> = [.operate]
    package static let errors: [RPCErrorName] = [.invalidArgument]
    package static let exampleParams = Params.with {
        $0.executions = [
            ExecutionReference.with {
                $0.flowName = "Greeting"
                $0.executionName = "run-1"
            }
        ]
        $0.cause = "the supplier is closed today"
    }
    package static let exampleResult = Result.with {
        $0.items = [
            StopOutcome.with {
                $0.flowName = "Greeting"
                $0.executionName = "run-1"
                $0.outcome = "stopped"
                $0.status = "Stopped"
            }
        ]
        $0.stopped = 1
    }
}

/// An execution by its names.
package struct ExecutionReference: WireRecord {
    package var flowName: String = ""
    package var executionName: String = ""

    package init() {}

    package static let fields: [WireField<ExecutionReference>] = [
        .required("FlowName", \.flowName),
        .required("ExecutionName", \.executionName),
    ]
}

/// What became of one execution of the call.
package struct StopOutcome: WireRecord {
    package var flowName: String = ""
    package var executionName: String = ""
    package var outcome: String = ""
    package var status: String?
    package var error: String?
    package var message: String?

    package init() {}

    package static let fields: [WireField<StopOutcome>] = [
        .required("FlowName", \.flowName),
        .required("ExecutionName", \.executionName),
        .required("Outcome", \.outcome, "stopped, alreadyEnded or refused"),
        .optional("Status", \.status, "Of the execution, unless refused"),
        .optional("Error", \.error, "Of one refused: the name StopExecution would answer"),
        .optional("Message", \.message, "Of one refused, in a sentence"),
    ]
}
