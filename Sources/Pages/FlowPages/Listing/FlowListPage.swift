import ConsoleParts
import FlowEngineAPI
import HTMLMarkup
import RPCProtocol
import WebPages

/// All flows that the visitor's key reaches, with how they fare.
enum FlowListPage {
    /// Rows of a page.
    static let rowsMax = 40
    /// Flows that are looked at for a page, most of which a search or a narrow key may leave out.
    static let flowsLookedAtMax = 2_000

    struct Row: Sendable {
        let flow: FlowRecord
        let newest: FlowVersionRecord?
        let aliases: [FlowAliasRecord]
        let counts: FlowCounts?
    }

    struct Finding: Sendable {
        var flows: [FlowRecord] = []
        /// The name to go on from.
        var next: String?
    }

    static func answer(_ request: PageRequest, _ desk: FlowDesk) async throws -> PageAnswer {
        let asked = request.asked("q")
        let found = try await find(asked, from: request.asked("from"), request, desk)
        var rows: [Row] = []
        let counts = try await counts(found.flows, request, desk)
        for flow in found.flows {
            rows.append(
                Row(
                    flow: flow, newest: try await desk.versions(flow.name, limit: 1, request).first,
                    aliases: try await desk.aliases(flow.name, request), counts: counts[flow.name]))
        }
        return .page(page(rows, next: found.next, asked: asked, request))
    }

    private static func find(
        _ asked: String, from: String, _ request: PageRequest, _ desk: FlowDesk
    ) async throws(RPCFailure) -> Finding {
        var finding = Finding()
        var token: String? = from.isEmpty ? nil : from
        let wanted = asked.lowercased()
        var seen = 0
        while true {
            let page = try await desk.engine.call(
                ListFlows.self,
                .with {
                    $0.nextToken = token
                    $0.limit = 100
                }, as: request.visitor.role)
            for flow in page.flows where request.visitor.mayTouch(flow: flow.name) {
                let isWanted =
                    wanted.isEmpty || flow.name.lowercased().contains(wanted)
                    || flow.description.lowercased().contains(wanted)
                guard isWanted else { continue }
                if finding.flows.count == rowsMax {
                    finding.next = flow.name
                    return finding
                }
                finding.flows.append(flow)
            }
            seen += page.flows.count
            guard let next = page.nextToken, !next.isEmpty else { return finding }
            token = next
            if seen >= flowsLookedAtMax {
                finding.next = next
                return finding
            }
        }
    }

    private static func counts(
        _ flows: [FlowRecord], _ request: PageRequest, _ desk: FlowDesk
    ) async throws(RPCFailure) -> [String: FlowCounts] {
        var counts: [String: FlowCounts] = [:]
        for flow in flows {
            counts[flow.name] = try await desk.counts(flow.name, request)
        }
        return counts
    }

    private static func page(_ rows: [Row], next: String?, asked: String, _ request: PageRequest) -> Page {
        Page(ConsoleFace.face, "Flows", section: ConsolePaths.flows) {
            el("div", .class("head")) {
                el("h1") { "Flows" }
                if request.visitor.may(.admin) {
                    FlowParts.link(FlowPaths.creation, "New flow", "button main")
                }
            }
            if request.asked("said") == "deleted" {
                notice(.good) { "The flow is deleted. Executions that run go on to their end." }
            }
            search(asked)
            el("section", .class("card flush"), .id("flows"), .aria("label", "Flows")) {
                if rows.isEmpty { nothing(asked, request) } else { table(rows, request) }
                if let next {
                    el("nav", .class("pages"), .aria("label", "Pages")) {
                        el("a", .href(ConsolePaths.with(ConsolePaths.flows, [("q", asked), ("from", next)])))
                        { "More flows" }
                    }
                }
            }
            FlowParts.commands([("The same list", ["fnfctl", "flow", "list"])])
        }
    }

    private static func search(_ asked: String) -> HTML {
        el("form", .class("row"), .action(ConsolePaths.flows), .role("search")) {
            el("label", .class("visually-hidden"), .for("q")) { "Name or description" }
            void(
                "input", .id("q"), .name("q"), .type("search"), .value(asked), .class("grow"),
                .attribute("placeholder", "Name or description"), .data("search", ""))
            el("button", .type("submit")) { "Search" }
        }
    }

    private static func nothing(_ asked: String, _ request: PageRequest) -> HTML {
        guard asked.isEmpty else {
            return emptyState(
                "No flow is called like that", "Nothing has “\(asked)” in name or description."
            ) {
                FlowParts.link(ConsolePaths.flows, "Show all flows")
            }
        }
        return emptyState(
            "No flow yet", "A flow says in YAML what happens step by step; executions run it."
        ) {
            if request.visitor.may(.admin) {
                FlowParts.link(FlowPaths.creation, "Write the first one", "button main")
            }
        }
    }
}

extension FlowListPage {
    private static func table(_ rows: [Row], _ request: PageRequest) -> HTML {
        el("div", .class("scroll")) {
            el("table", .class("flows")) {
                el("thead") {
                    el("tr") {
                        for name in ["Flow", "Version", "Aliases"] {
                            el("th", .attribute("scope", "col")) { name }
                        }
                        for name in ["Running", "Failed"] {
                            el("th", .class("end"), .attribute("scope", "col")) { name }
                        }
                        el("th", .attribute("scope", "col")) { "Changed" }
                    }
                }
                el("tbody") { for row in rows { self.row(row, request) } }
            }
        }
    }

    private static func row(_ row: Row, _ request: PageRequest) -> HTML {
        let paths = FlowPaths(flow: row.flow.name)
        return el("tr", .data("flow", row.flow.name)) {
            el("td") {
                el("a", .href(paths.page)) { row.flow.name }
                if row.flow.executionMode == "Express" { badge("Express", .run) }
                if !row.flow.description.isEmpty {
                    el("p", .class("muted small clamp")) { row.flow.description }
                }
            }
            el("td") {
                if let newest = row.newest {
                    el("a", .href(paths.version(newest.version))) { "v\(newest.version)" }
                } else {
                    el("span", .class("muted")) { "none" }
                }
            }
            el("td") { aliases(row.aliases) }
            count(row.counts?.running ?? 0, paths.executions(status: "Running"), .run)
            count(
                (row.counts?.failed ?? 0) + (row.counts?.timedOut ?? 0),
                paths.executions(status: "Failed"), .bad)
            el("td", .class("nowrap muted")) { FlowParts.time(row.flow.lastModifiedTime, request) }
        }
    }

    private static func aliases(_ aliases: [FlowAliasRecord]) -> HTML {
        el("div", .class("chips")) {
            for alias in aliases.prefix(4) {
                el("span", .class("badge plain still")) {
                    let routes = alias.routingConfigurations
                    let text = routes.map {
                        routes.count == 1 ? "v\($0.version)" : "v\($0.version) \($0.weight) %"
                    }
                    "\(alias.name) → \(text.joined(separator: ", "))"
                }
            }
            if aliases.count > 4 { el("span", .class("muted small")) { "and \(aliases.count - 4) more" } }
            if aliases.isEmpty { el("span", .class("muted")) { "none" } }
        }
    }

    private static func count(_ number: Int64, _ place: String, _ tone: Tone) -> HTML {
        el("td", .class("end")) {
            if number == 0 {
                el("span", .class("muted")) { "0" }
            } else {
                el("a", .class("count", tone.rawValue), .href(place)) { "\(number)" }
            }
        }
    }
}
