import FlowEngineAPI
import Primitives
import RPCProtocol

/// How found executions, their counts and waiting tasks are shown.
enum FoundReport {
    static func list(_ executions: [FoundExecution], now: Timestamp) -> Report {
        let rows = executions.map { execution -> [Cell] in
            [
                Cell(execution.flowName), Cell(execution.name), Cell(state: execution.status),
                Cell(TimeText.relative(execution.startedTime, now: now)),
                Cell(length(milliseconds: execution.durationMs)), Cell(where: execution, now: now),
            ]
        }
        let table = Table(
            columns: [
                "Flow", "Name", "Status", "Started", "Took", .init("Where, or why", isElastic: true),
            ], rows: rows, empty: "no execution matches")
        return Report(
            json: ["Executions": .array(executions.map(\.wire))], names: executions.map(\.name),
            blocks: [.table(table)])
    }

    static func counts(_ result: CountExecutions.Result, flows: [FlowCounts], now: Timestamp) -> Report {
        let summary = result.summary
        var fields = fields(summary)
        if let oldest = summary.oldestWaiting {
            let since = TimeText.full(oldest.since, now: now)
            fields.append(
                .init(
                    "Waits longest",
                    "\(oldest.flowName) \(oldest.executionName), step \(oldest.stepName), since \(since)"))
        }
        let rows = flows.map { flow -> [Cell] in
            [
                Cell(flow.flowName), Cell("\(flow.running)"), Cell("\(flow.waitingForCallback)"),
                Cell("\(flow.retrying)"), Cell("\(flow.succeeded)"), Cell("\(flow.failed)"),
                Cell("\(flow.timedOut)"), Cell("\(flow.stopped)"),
            ]
        }
        let titles = ["Running", "Waiting", "Retrying", "Succeeded", "Failed", "Timed out", "Stopped"]
        let table = Table(
            columns: ["Flow"] + titles.map { .init($0, isNumber: true) }, rows: rows, empty: "no execution")
        var json = result
        json.flows = flows
        json.nextToken = nil
        return Report(
            json: json.wire, names: flows.map(\.flowName),
            blocks: [.fields(fields), .text(""), .table(table)])
    }

    private static func fields(_ summary: ActivitySummary) -> [Report.Field] {
        let hour = summary.lastHour
        return [
            .init(
                "Running",
                "\(summary.running): \(summary.waitingForCallback) wait for a callback, "
                    + "\(summary.retrying) retry, \(summary.delivering) deliver"),
            .init(
                "Ended",
                "\(summary.succeeded) succeeded, \(summary.failed) failed, \(summary.timedOut) timed out, "
                    + "\(summary.stopped) stopped"),
            .init(
                "Last hour",
                "\(hour.started) started, \(hour.succeeded) succeeded, \(hour.failed) failed, "
                    + "\(hour.timedOut) timed out, \(hour.stopped) stopped"),
        ]
    }

    static func waiting(_ tasks: [WaitingTask], now: Timestamp) -> Report {
        let rows = tasks.map { task -> [Cell] in
            [
                Cell(task.flowName), Cell(task.executionName), Cell(task.stepName),
                Cell(TimeText.relative(task.since, now: now)),
                Cell(TimeText.relative(task.deadline, now: now)), Cell(task.resourceArn),
            ]
        }
        let table = Table(
            columns: [
                "Flow", "Execution", "Step", "Delivered", "Deadline", .init("Resource", isElastic: true),
            ], rows: rows, empty: "no task awaits a report")
        return Report(
            json: ["Tasks": .array(tasks.map(\.wire))], names: tasks.compactMap(\.taskToken),
            blocks: [.table(table)])
    }

    static func stopped(_ items: [StopOutcome]) -> Report {
        let rows = items.map { item -> [Cell] in
            [
                Cell(item.executionName), Cell(item.outcome, item.outcome == "refused" ? .bad : .plain),
                Cell(state: item.status ?? ""), Cell(item.message ?? ""),
            ]
        }
        let table = Table(
            columns: ["Name", "Outcome", "Status", .init("Why", isElastic: true)], rows: rows)
        return Report(
            json: ["Items": .array(items.map(\.wire))],
            names: items.filter { $0.outcome == "stopped" }.map(\.executionName), blocks: [.table(table)])
    }

    private static func length(milliseconds: Int64) -> String {
        switch milliseconds {
        case ..<1000: "\(max(0, milliseconds)) ms"
        case ..<10_000: "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
        default: TimeText.length(milliseconds / 1000)
        }
    }
}

extension Cell {
    /// `payment, a callback, until in 4 min`, or the error of one that has ended.
    fileprivate init(where execution: FoundExecution, now: Timestamp) {
        if let error = execution.error, !error.isEmpty {
            self.init(error, .bad)
            return
        }
        guard let step = execution.steps.first else {
            self.init("")
            return
        }
        var text = step.stepName
        switch step.state {
        case "waitingForCallback": text += ", a callback"
        case "waitingToRetry": text += ", to be tried again"
        case "delivering": text += ", on its way"
        default: text += ", a wait"
        }
        if let deadline = step.deadline { text += ", until \(TimeText.relative(deadline, now: now))" }
        if execution.openSteps > 1 { text += ", and \(execution.openSteps - 1) more" }
        self.init(text)
    }
}
