import ArgumentParser
import FlowEngineAPI
import RPCProtocol

/// `VERSION=WEIGHT`, or a version that gets all.
struct RouteArgument: ExpressibleByArgument {
    let configuration: RoutingConfiguration

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let version = parts.first, !version.isEmpty else { return nil }
        guard let weight = parts.count == 1 ? 100 : Int64(parts[1]) else { return nil }
        configuration = .with {
            $0.version = String(version)
            $0.weight = weight
        }
    }

    static let help = ArgumentHelp(
        "A version and its share of the starts, e.g. 1=90; all of them make 100. Once or twice.",
        valueName: "version=weight")
}
