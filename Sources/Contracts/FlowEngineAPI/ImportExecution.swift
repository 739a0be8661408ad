package import RPCProtocol

/// Takes in an execution that was exported and has ended. Ours: the cloud has no such action.
///
/// It gets new sequences and is marked as imported; the feed of starts and ends does not tell it, because
/// nothing happened. One that was open when it was exported is refused: the engine it comes from may go on
/// with it, and two engines would make its calls. Durability: on disk when it is answered.
package enum ImportExecution: RPCMethod {
    package struct Params: WireRecord {
        package var lines: [String] = []
        package var flowName: String?
        package var executionName: String?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("Lines", \.lines, "As ExportExecution gave them, all of them"),
            .optional("FlowName", \.flowName, "Another flow than it had"),
            .optional("ExecutionName", \.executionName, "Another name than it had"),
        ]
    }

    package typealias Result = ExecutionRecord

    package static let summary = "Imports an execution that has ended"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .flowNotExists, .executionAlreadyExists, .serviceUnavailable,
    ]
    package static let exampleParams = Params.with {
        $0.lines = [#"{"format":"fnf-execution","version":1}"#]
    }
    package static let exampleResult = ExecutionRecord.with {
        $0.flowName = "Greeting"
        $0.name = "run-1"
        $0.status = "Succeeded"
    }
}
