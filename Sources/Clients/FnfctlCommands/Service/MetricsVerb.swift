import ArgumentParser
import Primitives
import RPCProtocol

/// `fnfctl metrics`
struct MetricsVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "metrics", abstract: "Prints a service's counters and gauges as Prometheus text.",
        discussion: "Example:\n  fnfctl metrics flow-engine")

    @Argument(help: ArgumentHelp("The service.", valueName: "service")) var service: ServiceName
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let answer = try await global.peers(session).call(
            DescribeMetrics.name, [:], on: service, door: .client)
        session.write(answer["text"]?.stringValue ?? answer.prettyText + "\n")
    }
}
