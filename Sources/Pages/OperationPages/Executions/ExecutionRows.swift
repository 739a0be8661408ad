import ConsoleParts
import FlowEngineAPI
import HTMLMarkup
import HTTPMessage
import Primitives
import WebPages

/// Executions as rows of a table.
struct ExecutionRows {
    let request: PageRequest

    func table(_ executions: [FoundExecution]) -> HTML {
        let mark = request.visitor.may(.operate) ? [ListTable.Column("Select", isBare: true)] : []
        return ListTable(
            caption: "Executions, newest first",
            columns: mark + [
                .init("Execution"), .init("Flow"), .init("Status"), .init("Stands at, or ended with"),
                .init("Began"), .init("Took", isEnd: true),
            ]
        ).markup(executions.map(row))
    }

    private func row(_ execution: FoundExecution) -> [HTML] {
        (request.visitor.may(.operate) ? [mark(execution)] : []) + [
            name(execution), el("a", .href(ConsolePaths.flow(execution.flowName))) { execution.flowName },
            group {
                executionBadge(execution.status)
                if let place = execution.matchedIn {
                    el("div", .class("small muted")) { "found in \(place)" }
                }
            },
            StepText.markup(execution),
            moment(Timestamp(rfc3339: execution.startedTime), now: request.now, request.language),
            took(execution),
        ]
    }

    private func mark(_ execution: FoundExecution) -> HTML {
        guard execution.status == "Running" else { return HTML() }
        return void(
            "input", .type("checkbox"), .name("execution"),
            .value(ExecutionKey(execution.flowName, execution.name).text),
            .aria("label", "Select \(execution.name)"))
    }

    private func name(_ execution: FoundExecution) -> HTML {
        group {
            el(
                "a", .class("mono"), .data("open", ""),
                .id("open-\(ExecutionKey(execution.flowName, execution.name).text)"),
                .href(ConsolePaths.execution(execution.flowName, execution.name))
            ) { execution.name }
            if !execution.labels.isEmpty {
                el("div", .class("small muted")) {
                    execution.labels.map { "\($0.key) \($0.value.stringValue ?? $0.value.text)" }
                        .joined(separator: " · ")
                }
            }
        }
    }

    private func took(_ execution: FoundExecution) -> HTML {
        if execution.status == "Running" {
            return el("span", .data("since", execution.startedTime)) {
                MomentText.length(execution.durationMs / 1000, request.language)
            }
        }
        return el("span", .class("nowrap")) { MomentText.took(.milliseconds(execution.durationMs)) }
    }
}

/// An execution's two names as one text, e.g. in a form's field.
struct ExecutionKey: Hashable, Sendable {
    let flow: String
    let execution: String

    init(_ flow: String, _ execution: String) {
        self.flow = flow
        self.execution = execution
    }

    /// Nil: it is no such text.
    init?(text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let flow = PercentCoding.decode(parts[0], plusIsSpace: false),
            let execution = PercentCoding.decode(parts[1], plusIsSpace: false), !flow.isEmpty,
            !execution.isEmpty
        else { return nil }
        self.init(flow, execution)
    }

    var text: String { "\(PercentCoding.encode(flow))/\(PercentCoding.encode(execution))" }
}
