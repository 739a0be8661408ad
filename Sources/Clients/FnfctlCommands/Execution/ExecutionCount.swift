import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl execution count`
struct ExecutionCount: Verb {
    static let configuration = CommandConfiguration(
        commandName: "count", abstract: "Counts executions by status, flow and what they wait for.",
        discussion: """
            --watch prints one line whenever something has changed, at most four a second.

            Examples:
              fnfctl execution count
              fnfctl execution count --flow OrderDemo-Jiyuan -o json
              fnfctl execution count --watch
            """)

    @Option(help: ArgumentHelp("Only this flow's row.", valueName: "flow")) var flow: String?
    @Flag(name: .shortAndLong, help: "Go on with the counts of all flows as they change.") var watch = false
    @OptionGroup var pages: PageOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if watch, flow != nil { throw ValidationError("--watch is over all flows: leave --flow out.") }
    }

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        if watch { return try await follow(peers, session) }
        var result = CountExecutions.Result()
        var flows: [FlowCounts] = []
        var isCut = false
        (flows, isCut) = try await pages.collect(pageMax: 100) { (size, token) throws(CommandFailure) in
            result = try await peers.call(
                CountExecutions.self,
                .with {
                    $0.flowName = flow
                    $0.limit = size
                    $0.nextToken = token
                }, on: .flowEngine)
            return (result.flows, result.nextToken)
        }
        session.show(FoundReport.counts(result, flows: flows, now: session.world.now), as: form.output)
        pages.tellIfCut(isCut, flows.count, session)
    }

    private func follow(_ peers: Peers, _ session: Session) async throws(CommandFailure) {
        _ = try await peers.follow(WatchActivity.self, on: .flowEngine) {
            NoFields()
        } onItem: { item in
            session.write(line(item))
        }
    }

    private func line(_ summary: ActivitySummary) -> String {
        switch form.output {
        case .json: summary.wire.text + "\n"
        case .yaml: "---\n" + YAMLText.document(summary.wire)
        case .name: "\(summary.running)\n"
        case .table:
            "\(summary.time)  \(summary.running) running, \(summary.waitingForCallback) waiting, "
                + "\(summary.retrying) retrying; \(summary.succeeded) succeeded, \(summary.failed) failed, "
                + "\(summary.timedOut) timed out, \(summary.stopped) stopped\n"
        }
    }
}
