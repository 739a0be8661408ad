import FlowEngineAPI
import Primitives
import RPCProtocol

/// How aliases are shown.
enum FlowAliasReport {
    static func one(_ alias: FlowAliasRecord, now: Timestamp) -> Report {
        var fields: [Report.Field] = [
            .init("Alias", alias.name), .init("Routes", routes(alias)),
            .init("Created", TimeText.full(alias.createdTime, now: now)),
            .init("Changed", TimeText.full(alias.lastModifiedTime, now: now)),
        ]
        if !alias.description.isEmpty { fields.append(.init("Description", alias.description)) }
        return Report(json: alias.wire, names: [alias.name], blocks: [.fields(fields)])
    }

    static func list(_ aliases: [FlowAliasRecord], of flow: String, now: Timestamp) -> Report {
        let rows = aliases.map { alias -> [Cell] in
            [
                Cell(alias.name), Cell(routes(alias)),
                Cell(TimeText.relative(alias.lastModifiedTime, now: now)), Cell(alias.description),
            ]
        }
        let table = Table(
            columns: ["Alias", "Routes", "Changed", .init("Description", isElastic: true)], rows: rows,
            empty: "there is no alias yet; make one: fnfctl flow alias create \(flow) ALIAS --route VERSION")
        return Report(
            json: ["Aliases": .array(aliases.map(\.wire))], names: aliases.map(\.name),
            blocks: [.table(table)])
    }

    /// As `--route` takes them: `1=90, 2=10`.
    private static func routes(_ alias: FlowAliasRecord) -> String {
        alias.routingConfigurations.map { "\($0.version)=\($0.weight)" }.joined(separator: ", ")
    }
}
