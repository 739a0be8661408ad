import FlowWebAPI
import Primitives
import RPCProtocol

/// How access keys are shown.
enum KeyReport {
    /// - Parameter isSecretKnown: whoever gave the secret has it: it is not printed.
    static func created(_ key: CreateAccessKey.Result, isSecretKnown: Bool) -> Report {
        var json = key.wire.objectValue ?? [:]
        if isSecretKnown { json["Secret"] = nil }
        let fields: [Report.Field] = [
            .init("Access key", key.accessKeyID),
            .init("Secret", isSecretKnown ? "as given" : key.secret),
            .init("Role", key.role.rawValue), .init("Flows", flows(key.flows)),
            .init("Description", key.description),
        ]
        return Report(json: .object(json), names: [key.accessKeyID], blocks: [.fields(fields)])
    }

    static func list(_ keys: [AccessKeyRecord], now: Timestamp) -> Report {
        let rows = keys.map { key -> [Cell] in
            [
                Cell(key.accessKeyID), Cell(key.role.rawValue), Cell(flows(key.flows)), state(key),
                Cell(lastUse(key, now: now)), Cell(key.description),
            ]
        }
        let table = Table(
            columns: [
                "Access key", "Role", .init("Flows", isElastic: true), "State", "Last used",
                .init("Description", isElastic: true),
            ], rows: rows, empty: "no access key; fnfctl key create makes one")
        return Report(
            json: ["AccessKeys": .array(keys.map(\.wire))], names: keys.map(\.accessKeyID),
            blocks: [.table(table)])
    }

    static func one(_ key: AccessKeyRecord, now: Timestamp) -> Report {
        let fields: [Report.Field] = [
            .init("Access key", key.accessKeyID), .init("State", state(key)),
            .init("Role", key.role.rawValue), .init("Flows", flows(key.flows)),
            .init("Description", key.description),
            .init("Created", TimeText.full(key.createdTime, now: now)),
            .init("Last used", lastUse(key, now: now)),
        ]
        return Report(json: key.wire, names: [key.accessKeyID], blocks: [.fields(fields)])
    }

    private static func flows(_ patterns: [String]) -> String {
        patterns.isEmpty ? "all" : patterns.joined(separator: " ")
    }

    private static func state(_ key: AccessKeyRecord) -> Cell {
        key.enabled ? Cell("enabled", .good) : Cell("disabled", .warning)
    }

    private static func lastUse(_ key: AccessKeyRecord, now: Timestamp) -> String {
        key.lastUsedTime.map { TimeText.full($0, now: now) } ?? "never"
    }
}
