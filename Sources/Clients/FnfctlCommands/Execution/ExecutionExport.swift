import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl execution export`
struct ExecutionExport: Verb {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes all that is stored of an execution, as lines of JSON.",
        discussion: """
            With its definition and each row's checksum: `execution import` takes it in again, here or \
            elsewhere. docs/backup.md describes the lines.

            Example:
              fnfctl execution export Greeting run-1 > run-1.jsonl
            """)

    @Argument(help: "The flow's name.") var flow: String
    @Argument(help: "The execution's name.") var name: String
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let params = ExportExecution.Params.with {
            $0.flowName = flow
            $0.executionName = name
        }
        _ = try await global.peers(session).stream(
            ExportExecution.name, params.wire, on: .flowEngine, door: .client
        ) { item in
            if let line = item["Line"]?.stringValue { session.write(line + "\n") }
        }
    }
}
