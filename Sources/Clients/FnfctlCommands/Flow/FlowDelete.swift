import ArgumentParser
import FlowEngineAPI
import RPCProtocol

/// `fnfctl flow delete`
struct FlowDelete: Verb {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Deletes a flow; executions that run go on to their end.",
        discussion: """
            Example:
              fnfctl flow delete OrderDemo-Jiyuan
              fnfctl flow delete OrderDemo-Jiyuan --stop-running
            """, aliases: ["rm"])

    @Argument(help: ArgumentHelp("The flow's name.", valueName: "flow")) var flow: String
    @Flag(name: .customLong("stop-running"), help: "Stop the executions that run.") var stopsRunning = false
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let params = DeleteFlow.Params.with {
            $0.name = flow
            if stopsRunning { $0.stopRunning = true }
        }
        _ = try await global.peers(session).call(DeleteFlow.self, params, on: .flowEngine)
        session.write("flow \(flow) deleted\n")
    }
}
