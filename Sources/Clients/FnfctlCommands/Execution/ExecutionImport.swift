import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl execution import`
struct ExecutionImport: Verb {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Takes in an execution that was exported and has ended.",
        discussion: """
            Its flow must exist, and no execution of its name. One that was open is refused: the engine it \
            comes from may go on with it, and both would make its calls.

            Examples:
              fnfctl execution import run-1.jsonl
              fnfctl execution import run-1.jsonl --name run-1-of-monday
            """)

    @Argument(help: "The file; - for standard input.", completion: .file()) var file: String
    @Option(help: "Another flow than it had.") var flow: String?
    @Option(help: "Another name than it had.") var name: String?
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let text = try TextArgument.file(file)
        let params = ImportExecution.Params.with {
            $0.lines = text.split(separator: "\n").map(String.init)
            $0.flowName = flow
            $0.executionName = name
        }
        let record = try await global.peers(session).call(ImportExecution.self, params, on: .flowEngine)
        session.show(
            Report(
                json: record.wire, names: [record.name],
                blocks: [
                    .text("execution \(record.name) of flow \(record.flowName) is here, \(record.status)")
                ]), as: form.output)
    }
}
