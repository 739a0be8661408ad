import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl execution stop`
struct ExecutionStop: Verb {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "Stops running executions; their open tasks are abandoned.",
        discussion: """
            Several names are stopped a hundred at a time. One that has ended or can't be stopped is told \
            and does not keep the others.

            Examples:
              fnfctl execution stop OrderDemo-Jiyuan ORDER --error Withdrawn --cause "by phone"
              fnfctl execution stop Greeting run-1 run-2 run-3 --cause "nobody waits any more"
            """)

    @Argument(help: ArgumentHelp("The flow's name.", valueName: "flow")) var flow: String
    @Argument(help: ArgumentHelp("The execution's name, or several.", valueName: "name")) var names: [String]
    @Option(help: ArgumentHelp("Name of the failure that a parent flow sees.", valueName: "name")) var error:
        String?
    @Option(help: ArgumentHelp("Why, in a sentence.", valueName: "text")) var cause: String?
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        guard names.count == 1 else { return try await stopAll(peers, session) }
        let record = try await peers.call(
            StopExecution.self,
            .with {
                $0.flowName = flow
                $0.executionName = names[0]
                $0.error = error
                $0.cause = cause
            }, on: .flowEngine)
        session.show(ExecutionReport.one(record, now: session.world.now), as: form.output)
    }

    private func stopAll(_ peers: Peers, _ session: Session) async throws(CommandFailure) {
        var items: [StopOutcome] = []
        for begin in stride(from: 0, to: names.count, by: 100) {
            let result = try await peers.call(
                StopExecutions.self,
                .with {
                    $0.executions = names.dropFirst(begin).prefix(100).map { name in
                        .with {
                            $0.flowName = flow
                            $0.executionName = name
                        }
                    }
                    $0.error = error
                    $0.cause = cause
                }, on: .flowEngine)
            items += result.items
        }
        session.show(FoundReport.stopped(items), as: form.output)
        let refused = items.count { $0.outcome == "refused" }
        guard refused == 0 else {
            throw CommandFailure(.failed, "\(refused) of \(items.count) executions were not stopped")
        }
    }
}
