import ConsoleParts
import FlowEngineAPI
import HTMLMarkup
import WebPages

/// The filters of the executions above their list, each a link or a select that is in the address afterwards.
struct ExecutionChips {
    let filter: ExecutionFilter
    let counts: ExecutionCounts
    let flows: [String]

    func markup() -> HTML {
        group {
            el(
                "form", .attribute("method", "get"), .action(ConsolePaths.executions), .class("filters"),
                .role("search")
            ) {
                filterText(
                    "q", "Name, order number, text in input, output or error", value: filter.text,
                    isSearch: true)
                filterSelect("flow", "Flow", flowOptions, chosen: filter.flow)
                filterText("step", "Stands at step", value: filter.step)
                filterSelect("age", "Age", ageOptions, chosen: filter.age)
                hidden("status", filter.status)
                hidden("condition", filter.condition)
                el("button", .type("submit"), .class("main")) { "Search" }
            }
            el("nav", .class("chips"), .id("chips"), .data("part", ""), .aria("label", "Filters")) {
                chip(
                    "All", filter.with { ($0.status, $0.condition) = ("", "") }.place(),
                    isCurrent: filter.status.isEmpty && filter.condition.isEmpty, count: counts.all)
                for status in ExecutionFilter.statuses { statusChip(status) }
                el("span", .class("divide"), .aria("hidden", "true"))
                conditionChip("waitingForCallback", "Waiting for a report", counts.waitingForCallback)
                conditionChip("retrying", "Retrying", counts.retrying)
                conditionChip("delivering", "Task under way", counts.delivering)
                chip(
                    "Stuck?", ExecutionFilter.stuck.place(), isCurrent: filter == .stuck,
                    title: "Open for more than an hour")
                if !filter.isEmpty {
                    el("a", .class("quiet"), .href(ConsolePaths.executions)) { "Clear all" }
                }
            }
        }
    }

    private func statusChip(_ status: String) -> HTML {
        let place = filter.with { next in
            next.status = status
            // Only open ones have a condition or stand at a step.
            if status != "Running" { (next.condition, next.step) = ("", "") }
        }.place()
        return chip(
            status == "TimedOut" ? "Timed out" : status, place, isCurrent: filter.status == status,
            count: counts.byStatus[status])
    }

    private func conditionChip(_ condition: String, _ label: String, _ count: Int64?) -> HTML {
        let place = filter.with { ($0.status, $0.condition) = ("", condition) }.place()
        return chip(label, place, isCurrent: filter.condition == condition, count: count)
    }

    /// The flow that was asked for may have no executions, and then still is chosen.
    private var flowOptions: [(value: String, label: String)] {
        let named = filter.flow.isEmpty || flows.contains(filter.flow) ? flows : flows + [filter.flow]
        return [("", "All flows")] + named.map { ($0, $0) }
    }

    private var ageOptions: [(value: String, label: String)] {
        let all = ExecutionFilter.ages
        if all.contains(where: { $0.value == filter.age }) { return all }
        return all + [(filter.age, "Older than \(filter.age) s")]
    }
}

/// How many there are of each, of all flows or of one.
struct ExecutionCounts {
    var byStatus: [String: Int64] = [:]
    var waitingForCallback: Int64?
    var retrying: Int64?
    var delivering: Int64?

    var all: Int64? { byStatus.isEmpty ? nil : byStatus.values.reduce(0, +) }

    init(_ counts: CountExecutions.Result?, flow: String) {
        guard let counts else { return }
        if flow.isEmpty {
            let all = counts.summary
            byStatus = [
                "Running": all.running, "Succeeded": all.succeeded, "Failed": all.failed,
                "TimedOut": all.timedOut, "Stopped": all.stopped,
            ]
            (waitingForCallback, retrying, delivering) = (
                all.waitingForCallback, all.retrying, all.delivering
            )
        } else {
            let one = counts.flows.first { $0.flowName == flow } ?? FlowCounts()
            byStatus = [
                "Running": one.running, "Succeeded": one.succeeded, "Failed": one.failed,
                "TimedOut": one.timedOut, "Stopped": one.stopped,
            ]
            (waitingForCallback, retrying, delivering) = (
                one.waitingForCallback, one.retrying, one.delivering
            )
        }
    }
}
