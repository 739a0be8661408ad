import ConsoleParts
import FlowEngineAPI
import HTMLMarkup
import Primitives
import WebPages

/// The figures of the home page, each a way to what is behind it.
struct HomeTiles {
    let reading: SystemReading
    let request: PageRequest

    func markup() -> HTML {
        el("section", .class("gauges"), .id("tiles"), .data("part", ""), .aria("label", "Figures")) {
            if let summary = reading.counts?.summary { work(summary) }
            if let engine = reading.engine { health(engine) }
        }
    }

    private func work(_ summary: ActivitySummary) -> HTML {
        let (hour, executions) = (summary.lastHour, ConsolePaths.executions)
        return group {
            tile(
                "running", "Running", CountText.grouped(summary.running),
                ConsolePaths.with(executions, [("status", "Running")]),
                note: HTML("\(CountText.grouped(hour.started)) began in the last hour"))
            tile(
                "waiting", "Waiting for a report", CountText.grouped(summary.waitingTasks),
                ConsolePaths.waiting, tone: summary.waitingTasks > 0 ? .wait : nil, note: oldest(summary))
            tile(
                "retrying", "Retrying", CountText.grouped(summary.retrying),
                ConsolePaths.with(executions, [("condition", "retrying")]),
                tone: summary.retrying > 0 ? .wait : nil,
                note: HTML("\(CountText.grouped(summary.delivering)) with a task under way"))
            tile(
                "failed", "Failed in the last hour", CountText.grouped(hour.failed + hour.timedOut),
                ConsolePaths.with(executions, [("status", "Failed")]),
                tone: hour.failed + hour.timedOut > 0 ? .bad : nil,
                note: HTML(
                    "\(CountText.grouped(hour.timedOut)) of them timed out, "
                        + "\(CountText.grouped(hour.succeeded)) succeeded"))
        }
    }

    private func health(_ engine: DescribeEngine.Result) -> HTML {
        let (latency, storage) = (engine.taskLatency, engine.storage)
        let isFull = Verdict.isFull(storage)
        return group {
            tile(
                "latency", "A step takes (half, 99 %)",
                latency.count == 0
                    ? "–" : "\(CountText.micros(latency.p50Micros)) · \(CountText.micros(latency.p99Micros))",
                nil, note: HTML("\(CountText.of(latency.count, "task")) in the last hour"))
            tile(
                "queues", "Messages in queues",
                CountText.grouped(engine.queues.reduce(0) { $0 + $1.activeMessages }),
                OperationPaths.queues, note: queueNote(engine))
            tile(
                "commits", "A commit takes (half, 99 %)",
                engine.commitLatency.count == 0
                    ? "–"
                    : "\(CountText.micros(engine.commitLatency.p50Micros)) · "
                        + CountText.micros(engine.commitLatency.p99Micros),
                nil, note: HTML("\(CountText.grouped(engine.commits)) since the engine began to serve"))
            tile(
                "disk", "Free disk", ByteText.text(storage.freeBytes), nil,
                tone: storage.trouble != nil || isFull ? .bad : nil,
                note: HTML(
                    "of \(ByteText.text(storage.diskBytes)); the engine has "
                        + ByteText.text(storage.databaseBytes + storage.walBytes)))
        }
    }

    private func queueNote(_ engine: DescribeEngine.Result) -> HTML {
        guard let deepest = engine.queues.first else {
            return HTML(CountText.of(engine.queuesTotal, "queue, all empty", "queues, all empty"))
        }
        return HTML(
            "most in \(deepest.queueName); \(CountText.of(engine.pendingPushes, "push", "pushes")) pending"
        )
    }

    /// Executions are named only to who may see them.
    private func oldest(_ summary: ActivitySummary) -> HTML {
        guard let oldest = summary.oldestWaiting else { return "nobody is waited for" }
        let step = request.visitor.mayTouch(flow: oldest.flowName) ? " at \(oldest.stepName)" : ""
        return HTML("the oldest for ") + el("span", .data("since", oldest.since)) { age(oldest.since) }
            + HTML(step)
    }

    private func age(_ since: String) -> String {
        guard let time = Timestamp(rfc3339: since) else { return since }
        return MomentText.length(max(0, time.duration(to: request.now).components.seconds), .english)
    }

    private func tile(
        _ id: String, _ label: String, _ value: String, _ place: String?, tone: Tone? = nil, note: HTML
    ) -> HTML {
        let content = group {
            el("span", .class("label")) { label }
            el("span", .class("value")) { value }
            el("span", .class("small muted")) { note }
        }
        let named: [HTMLAttribute] = [.class("card tile", tone?.rawValue), .data("tile", id)]
        return place.map { el("a", named + [.href($0)]) { content } } ?? el("div", named) { content }
    }
}
