import ConsoleParts
import FlowEngineAPI
import HTMLMarkup
import Primitives
import WebPages

/// `/console`: is it all right?
struct HomePage: Sendable {
    let services: PageServices
    let units: any UnitStates

    var routes: [PageRoute] {
        [.get(ConsolePaths.home, needs: .read) { request in .page(await page(request)) }]
    }

    private func page(_ request: PageRequest) async -> Page {
        let reading = await SystemReading.read(services, units, for: request.visitor)
        let verdict = Verdict(reading)
        return Page(
            ConsoleFace.face, "Home", section: ConsolePaths.home, events: OperationPaths.events, isWide: true
        ) {
            el("section", .class("verdict", verdict.tone.rawValue), .id("verdict"), .data("part", "")) {
                el("h1") { verdict.sentence }
                el("p", .class("row small")) {
                    el("span", .class("live if-script")) { "live" }
                    el("span", .class("muted")) {
                        "as of \(request.now.description.dropFirst(11).prefix(8)) UTC"
                    }
                }
            }
            HomeTiles(reading: reading, request: request).markup()
            if let minutes = reading.counts?.minutes, !minutes.isEmpty {
                el("section", .class("card"), .id("hour"), .data("part", "")) {
                    el("h2") { "The last hour" }
                    HourChart.markup(minutes)
                }
            }
            UnitStrip.markup(reading.units, now: request.now)
            flows(reading, request)
            copyLine("fnfctl status", request.language)
        }
    }

    /// The flows with the most that runs or went wrong, of those the visitor may see.
    private func flows(_ reading: SystemReading, _ request: PageRequest) -> HTML {
        let all = (reading.counts?.flows ?? []).filter { request.visitor.mayTouch(flow: $0.flowName) }
        let busiest = all.sorted {
            ($0.running, $0.failed, $1.flowName) > ($1.running, $1.failed, $0.flowName)
        }
        return el("section", .class("card flush"), .id("flows"), .data("part", "")) {
            el("h2", .class("inset")) { "Flows" }
            if busiest.isEmpty {
                emptyState(
                    "No execution yet", "Apply a flow and start it; then its figures stand here."
                ) { copyLine("fnfctl flow apply -f docs/examples/order-demo.yaml", request.language) }
            } else {
                ListTable(
                    caption: "Executions by flow",
                    columns: [
                        .init("Flow"), .init("Running", isEnd: true), .init("Waiting", isEnd: true),
                        .init("Retrying", isEnd: true), .init("Succeeded", isEnd: true),
                        .init("Failed", isEnd: true), .init("Timed out", isEnd: true),
                        .init("Stopped", isEnd: true),
                    ]
                ).markup(busiest.prefix(12).map(row))
            }
        }
    }

    private func row(_ flow: FlowCounts) -> [HTML] {
        let list = { (status: String?, condition: String?) in
            ConsolePaths.with(
                ConsolePaths.executions,
                [("flow", flow.flowName), ("status", status), ("condition", condition)])
        }
        return [
            el("a", .href(ConsolePaths.flow(flow.flowName))) { flow.flowName },
            count(flow.running, list("Running", nil)),
            count(flow.waitingForCallback, list(nil, "waitingForCallback")),
            count(flow.retrying, list(nil, "retrying")),
            count(flow.succeeded, list("Succeeded", nil)), count(flow.failed, list("Failed", nil)),
            count(flow.timedOut, list("TimedOut", nil)), count(flow.stopped, list("Stopped", nil)),
        ]
    }

    private func count(_ count: Int64, _ place: String) -> HTML {
        count == 0
            ? el("span", .class("muted")) { "0" } : el("a", .href(place)) { CountText.grouped(count) }
    }
}
