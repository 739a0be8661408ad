import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl execution describe`
struct ExecutionDescribe: Verb {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Shows one execution, and what it waits for.",
        discussion: """
            Examples:
              fnfctl execution describe OrderDemo-Jiyuan ORDER
              fnfctl execution describe OrderDemo-Jiyuan ORDER --wait 60
            """,
        aliases: ["show", "get"])

    @Argument(help: ArgumentHelp("The flow's name.", valueName: "flow")) var flow: String
    @Argument(help: ArgumentHelp("The execution's name.", valueName: "name")) var name: String

    @Option(
        defaultAsFlag: TimeSpan.endless,
        help: ArgumentHelp(
            "Wait for its end, at most so long; status 10 when it did not succeed, 6 when it still runs.",
            valueName: "time"))
    var wait: TimeSpan?

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let record: ExecutionRecord
        if let wait {
            record = try await ExecutionEnd.wait(
                flow: flow, execution: name, limit: wait.duration ?? peers.timeout, peers)
        } else {
            record = try await peers.call(
                DescribeExecution.self,
                .with {
                    $0.flowName = flow
                    $0.executionName = name
                }, on: .flowEngine)
        }
        let tasks = ExecutionEnd.isEnded(record) ? [] : try await OpenTasks.list(flow, name, peers)
        session.show(ExecutionReport.one(record, waitsFor: tasks, now: session.world.now), as: form.output)
        if wait != nil { try ExecutionEnd.check(record) }
    }
}
