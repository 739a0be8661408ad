import ConsoleParts
import FlowEngineAPI
import Primitives
import RPCProtocol
import WebPages

/// What executions are looked for; the whole of it is in the page's address.
struct ExecutionFilter: Sendable, Hashable {
    /// In name, labels, input, output and error.
    var text = ""
    var flow = ""
    var status = ""
    var step = ""
    var condition = ""
    /// Units: seconds since the start, at least; empty: any.
    var age = ""

    static let statuses = ["Running", "Succeeded", "Failed", "TimedOut", "Stopped"]
    static let conditions = ["waitingForCallback", "retrying", "delivering"]
    static let ages: [(value: String, label: String)] = [
        ("", "Any age"), ("300", "Older than 5 min"), ("3600", "Older than 1 h"),
        ("86400", "Older than 1 d"), ("604800", "Older than 7 d"),
    ]
    /// Open for so long that somebody should look.
    static let stuck = Self.with {
        $0.status = "Running"
        $0.age = "3600"
    }

    init() {}

    /// Throws: `Problem`, for what no page of ours links to.
    init(_ request: PageRequest) throws(Problem) {
        text = request.asked("q")
        flow = request.asked("flow")
        status = request.asked("status")
        step = request.asked("step")
        condition = request.asked("condition")
        age = request.asked("age")
        guard status.isEmpty || Self.statuses.contains(status) else {
            throw .badField("An execution can't be \"\(status)\".", request.language)
        }
        guard condition.isEmpty || Self.conditions.contains(condition) else {
            throw .badField("Executions can't be looked for by \"\(condition)\".", request.language)
        }
        guard age.isEmpty || (Int64(age) ?? -1) >= 0 else {
            throw .badField("\"\(age)\" is no number of seconds.", request.language)
        }
    }

    static func with(_ change: (inout ExecutionFilter) -> Void) -> ExecutionFilter {
        var filter = ExecutionFilter()
        change(&filter)
        return filter
    }

    /// The same with a change; what the change makes impossible is left out.
    func with(_ change: (inout ExecutionFilter) -> Void) -> ExecutionFilter {
        var filter = self
        change(&filter)
        return filter
    }

    var isEmpty: Bool { self == ExecutionFilter() }

    func place(next: String? = nil) -> String {
        ConsolePaths.with(
            ConsolePaths.executions,
            [
                ("q", text), ("flow", flow), ("status", status), ("step", step), ("condition", condition),
                ("age", age), ("next", next),
            ])
    }

    func params(next: String, limit: Int64) -> SearchExecutions.Params {
        SearchExecutions.Params.with {
            if !text.isEmpty { $0.text = text }
            if !flow.isEmpty { $0.flowName = flow }
            if !status.isEmpty { $0.statuses = [status] }
            if !step.isEmpty { $0.stepName = step }
            if !condition.isEmpty { $0.condition = condition }
            if !age.isEmpty { $0.olderThanSeconds = Int64(age) }
            if !next.isEmpty { $0.nextToken = next }
            $0.limit = limit
        }
    }

    /// The same search on a command line.
    var command: String {
        let options = [
            ("--flow", flow), ("--status", status), ("--step", step), ("--condition", condition),
            ("--older-than", age.isEmpty ? "" : "\(age)s"),
        ]
        return ShellText.command(
            ["fnfctl", "execution", "search"] + (text.isEmpty ? [] : [text, "--payloads"])
                + options.filter { !$0.1.isEmpty }.flatMap { [$0.0, $0.1] })
    }
}
