import FlowEngineAPI
import Primitives
import RPCProtocol

/// How executions are shown.
enum ExecutionReport {
    static func list(_ executions: [ExecutionRecord], now: Timestamp) -> Report {
        let haveVersions = executions.contains { $0.flowVersion != nil }
        let rows = executions.map { execution -> [Cell] in
            [
                Cell(execution.name), Cell(state: execution.status),
                Cell(TimeText.relative(execution.startedTime, now: now)), Cell(length(execution, now: now)),
            ] + (haveVersions ? [Cell(version(execution))] : []) + [Cell(execution.error ?? "")]
        }
        let table = Table(
            columns: ["Name", "Status", "Started", "Took"] + (haveVersions ? ["Version"] : [])
                + [.init("Error", isElastic: true)], rows: rows, empty: "no execution matches")
        return Report(
            json: ["Executions": .array(executions.map(\.wire))], names: executions.map(\.name),
            blocks: [.table(table)])
    }

    static func one(_ execution: ExecutionRecord, waitsFor tasks: [OpenTask] = [], now: Timestamp) -> Report {
        var fields: [Report.Field] = [
            .init("Flow", execution.flowName), .init("Name", execution.name),
            .init("Status", Cell(state: execution.status)),
            .init("Started", TimeText.full(execution.startedTime, now: now)),
        ]
        if execution.flowVersion != nil { fields.insert(.init("Version", version(execution)), at: 1) }
        if !execution.stoppedTime.isEmpty {
            let took = length(execution, now: now)
            fields.append(.init("Stopped", "\(TimeText.full(execution.stoppedTime, now: now)), took \(took)"))
        }
        if let error = execution.error, !error.isEmpty { fields.append(.init("Error", Cell(error, .bad))) }
        if let cause = execution.cause, !cause.isEmpty { fields.append(.init("Cause", cause)) }
        for task in tasks { fields.append(.init("Waits for", waits(task, now: now))) }
        if !execution.labels.isEmpty { fields.append(.init("Labels", labels(execution.labels))) }
        if !execution.input.isEmpty { fields.append(.init("Input", document(execution.input))) }
        if !execution.output.isEmpty { fields.append(.init("Output", document(execution.output))) }
        return Report(json: execution.wire, names: [execution.name], blocks: [.fields(fields)])
    }

    /// `1`, or `1 (prod)` when an alias routed there.
    private static func version(_ execution: ExecutionRecord) -> String {
        guard let version = execution.flowVersion else { return "" }
        let qualifier = execution.qualifier ?? version
        return qualifier == version ? version : "\(version) (\(qualifier))"
    }

    /// `payment, a callback, until 2026-11-23 09:35:00Z (in 4 min 10 s)`
    static func waits(_ task: OpenTask, now: Timestamp) -> Cell {
        var text = task.stepName
        switch task.state {
        case "waitingForCallback": text += ", a callback"
        case "delivering": text += ", being delivered to \(task.resourceArn)"
        case "waitingToRetry": text += ", to be tried again"
        default: text += ", \(task.state)"
        }
        if task.attempt > 0 { text += ", attempt \(task.attempt + 1)" }
        if let deadline = task.deadline { text += ", until \(TimeText.full(deadline, now: now))" }
        guard let trouble = task.trouble, !trouble.isEmpty else { return Cell(text) }
        return Cell("\(text)\n\(trouble) (sent \(task.redeliveries + 1) times)", .warning)
    }

    private static func labels(_ labels: JSONObject) -> String {
        labels.map { "\($0.key)=\($0.value.stringValue ?? $0.value.text)" }.joined(separator: ", ")
    }

    /// Indented when it is JSON, else as it is.
    private static func document(_ text: String) -> String {
        (try? JSONParser.parse(text))?.prettyText ?? text
    }

    /// From the start to the end, or until now.
    static func length(_ execution: ExecutionRecord, now: Timestamp) -> String {
        guard let start = Timestamp(rfc3339: execution.startedTime) else { return "-" }
        let took = start.duration(to: Timestamp(rfc3339: execution.stoppedTime) ?? now)
        guard took < .seconds(10) else { return TimeText.length(took.components.seconds) }
        let milliseconds = max(0, took.milliseconds)
        return milliseconds < 1000
            ? "\(milliseconds) ms" : "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
    }
}
