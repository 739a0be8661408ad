import FlowEngineAPI
import Primitives
import RPCProtocol

/// How versions of flows are shown.
enum FlowVersionReport {
    static func one(_ version: FlowVersionRecord) -> Report {
        let text = "flow \(version.flowName) is published as version \(version.version)\n"
        return Report(json: version.wire, names: [version.version], blocks: [.text(text)])
    }

    /// - Parameter aliases: those whose routes are shown beside the versions.
    static func list(
        _ versions: [FlowVersionRecord], of flow: String, aliases: [FlowAliasRecord], now: Timestamp
    ) -> Report {
        let rows = versions.map { version -> [Cell] in
            [
                Cell(version.version), Cell(TimeText.relative(version.createdTime, now: now)),
                Cell(shares(of: version.version, in: aliases)), Cell(version.description),
            ]
        }
        let table = Table(
            columns: [
                .init("Version", isNumber: true), "Published", "Aliases",
                .init("Description", isElastic: true),
            ], rows: rows, empty: "there is no version yet; make one: fnfctl flow publish \(flow)")
        return Report(
            json: ["FlowVersions": .array(versions.map(\.wire))], names: versions.map(\.version),
            blocks: [.table(table)])
    }

    /// `prod 90 %, test 100 %`
    private static func shares(of version: String, in aliases: [FlowAliasRecord]) -> String {
        aliases.flatMap { alias in
            alias.routingConfigurations.filter { $0.version == version }.map {
                "\(alias.name) \($0.weight) %"
            }
        }.joined(separator: ", ")
    }
}
