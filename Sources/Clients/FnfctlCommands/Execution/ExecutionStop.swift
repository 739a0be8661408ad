import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl execution stop`
struct ExecutionStop: Verb {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "Stops a running execution; its open tasks are abandoned.",
        discussion:
            "Example:\n  fnfctl execution stop OrderDemo-Jiyuan ORDER --error Withdrawn --cause \"by phone\""
    )

    @Argument(help: ArgumentHelp("The flow's name.", valueName: "flow")) var flow: String
    @Argument(help: ArgumentHelp("The execution's name.", valueName: "name")) var name: String
    @Option(help: ArgumentHelp("Name of the failure that a parent flow sees.", valueName: "name")) var error:
        String?
    @Option(help: ArgumentHelp("Why, in a sentence.", valueName: "text")) var cause: String?
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let record = try await global.peers(session).call(
            StopExecution.self,
            .with {
                $0.flowName = flow
                $0.executionName = name
                $0.error = error
                $0.cause = cause
            }, on: .flowEngine)
        session.show(ExecutionReport.one(record, now: session.world.now), as: form.output)
    }
}
