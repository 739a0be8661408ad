import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl task succeed`
struct TaskSucceed: Verb {
    static let configuration = CommandConfiguration(
        commandName: "succeed", abstract: "Ends an open task with a result.",
        discussion: """
            Examples:
              fnfctl task succeed Greeting run-1 approve --output '{"approved":true}'
              fnfctl task succeed TOKEN --output @result.json
            """)

    @OptionGroup var target: TaskTarget

    @Option(help: ArgumentHelp("A JSON object: as text, @FILE, or - for standard input.", valueName: "json"))
    var output: String = "{}"

    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let document = try TextArgument.object(output, for: "--output").text
        let token = try await target.token(peers)
        let answer = try await peers.call(
            ReportTaskSucceeded.self,
            .with {
                $0.taskToken = token
                $0.output = document
            }, on: .flowEngine)
        session.write("task succeeded, event \(answer.eventId)\n")
    }
}
