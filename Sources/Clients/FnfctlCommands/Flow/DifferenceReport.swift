import FlowDefinition
import Primitives

/// A difference of two flows in the forms that are shown.
enum DifferenceReport {
    static func table(_ difference: FlowDifference) -> Report {
        var rows: [[Cell]] = []
        for step in difference.removed {
            rows.append([Cell("removed", .bad), Cell(step.step), Cell(kind(step)), "", ""])
        }
        for step in difference.added {
            rows.append([Cell("added", .good), Cell(step.step), Cell(kind(step)), "", ""])
        }
        for change in difference.changed { rows.append(row("changed", change)) }
        for change in difference.rewired { rows.append(row("rewired", change)) }
        let columns: [Table.Column] = [
            "", "Step", .init("What", isElastic: true), .init("Old", isElastic: true),
            .init("New", isElastic: true),
        ]
        let table = Table(columns: columns, rows: rows, empty: "no difference")
        return Report(json: json(difference), names: [], blocks: [.table(table)])
    }

    private static func kind(_ step: FlowDifference.Presence) -> String {
        step.container.isEmpty ? step.type : "\(step.type) in \(step.container)"
    }

    private static func row(_ word: String, _ change: FlowDifference.Change) -> [Cell] {
        let step = change.step.isEmpty ? "(the flow)" : change.step
        return [
            Cell(word, .warning), Cell(step), Cell(change.what), Cell(change.old ?? "-"),
            Cell(change.new ?? "-"),
        ]
    }

    /// Shape: `{"added":[{"in","step","type"}],"changed":[{"new","old","step","what"}],"equal":false,…}`.
    static func json(_ difference: FlowDifference) -> JSONValue {
        [
            "equal": .bool(difference.isEmpty),
            "added": .array(difference.added.map(json)), "removed": .array(difference.removed.map(json)),
            "changed": .array(difference.changed.map(json)), "rewired": .array(difference.rewired.map(json)),
        ]
    }

    private static func json(_ step: FlowDifference.Presence) -> JSONValue {
        ["in": .string(step.container), "step": .string(step.step), "type": .string(step.type)]
    }

    private static func json(_ change: FlowDifference.Change) -> JSONValue {
        [
            "new": change.new.map(JSONValue.string) ?? .null,
            "old": change.old.map(JSONValue.string) ?? .null,
            "step": .string(change.step), "what": .string(change.what),
        ]
    }
}
