import ArgumentParser
import FlowEngineAPI
import RPCProtocol

/// `fnfctl task fail`
struct TaskFail: Verb {
    static let configuration = CommandConfiguration(
        commandName: "fail",
        abstract: "Ends an open task with a failure, which the step's retry and catch see.",
        discussion: """
            Examples:
              fnfctl task fail OrderDemo-Jiyuan ORDER payment --error OutOfStock --cause "no beef today"
              fnfctl task fail TOKEN --error OutOfStock
            """)

    @OptionGroup var target: TaskTarget
    @Option(help: ArgumentHelp("The error's name.", valueName: "name")) var error: String
    @Option(help: ArgumentHelp("Why, in a sentence.", valueName: "text")) var cause: String?
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let token = try await target.token(peers)
        let answer = try await peers.call(
            ReportTaskFailed.self,
            .with {
                $0.taskToken = token
                $0.error = error
                $0.cause = cause
            }, on: .flowEngine)
        session.write("task failed, event \(answer.eventId)\n")
    }
}
