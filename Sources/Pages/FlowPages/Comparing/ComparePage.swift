import HTTPMessage
import ConsoleParts
import FlowDefinition
import FlowEngineAPI
import FlowParsing
import HTMLMarkup
import WebPages

/// Two versions of a flow beside each other: what changed in words, in the pictures, and by lines.
struct ComparePage: Sendable {
    let name: String
    /// Empty: as it is now.
    let from: String
    let to: String
    let old: FlowRecord
    let new: FlowRecord
    let versions: [FlowVersionRecord]

    private var paths: FlowPaths { FlowPaths(flow: name) }

    static func answer(_ request: PageRequest, _ desk: FlowDesk) async throws -> PageAnswer {
        let name = try desk.name(request)
        let versions = try await desk.versions(name, request)
        var (from, to) = (request.asked("from"), request.asked("to"))
        if to == "LATEST" { to = "" }
        if request.query["from"] == nil { from = versions.first?.version ?? "" }
        if from == "LATEST" { from = "" }
        let page = ComparePage(
            name: name, from: from, to: to, old: try await desk.record(name, version: from, request),
            new: try await desk.record(name, version: to, request), versions: versions)
        return .page(try await desk.workshop.work(request.language) { page.page })
    }

    private var page: Page {
        let (before, after) = (
            FlowParser.parse(old.definition).definition, FlowParser.parse(new.definition).definition
        )
        let lines = LineDifference(from: old.definition, to: new.definition)
        return Page(
            ConsoleFace.face, "Compare \(name)", section: ConsolePaths.flows, isWide: true
        ) {
            FlowParts.crumbs(name, "Compare")
            el("div", .class("head")) { el("h1") { "What changed in \(name)" } }
            choice
            if let before, let after {
                let difference = FlowDifference(from: before, to: after)
                el("section", .class("card stack"), .id("meaning")) {
                    el("h2") { "What it means" }
                    DifferenceView.words(difference)
                }
                el("div", .class("halves")) {
                    picture(before, difference, from, isNew: false)
                    picture(after, difference, to, isNew: true)
                }
            } else {
                notice(.wait) { "One of the two has errors, so that only their lines can be compared." }
            }
            el("section", .class("card flush"), .id("lines")) {
                el("div", .class("cardhead")) {
                    el("h2") { "Lines" }
                    el("span", .class("badge plain good")) { "+\(lines.addedCount)" }
                    el("span", .class("badge plain bad")) { "−\(lines.removedCount)" }
                }
                LineDifferenceView.render(lines)
            }
            FlowParts.commands([
                (
                    "What a file means that differs from the version",
                    ["fnfctl", "flow", "diff", from.isEmpty ? name : "\(name)@\(from)", "FILE"]
                )
            ])
        }
    }

    private var choice: HTML {
        el("form", .class("row fromto"), .action(paths.compare)) {
            el("label", .for("from")) { "From" }
            select("from", from)
            el("label", .for("to")) { "to" }
            select("to", to)
            el("button", .type("submit")) { "Compare" }
            FlowParts.link(
                ConsolePaths.with(
                    paths.compare,
                    [("from", to.isEmpty ? "LATEST" : to), ("to", from.isEmpty ? "LATEST" : from)]),
                "Swap", "quiet button")
        }
    }

    private func select(_ id: String, _ chosen: String) -> HTML {
        el("select", .id(id), .name(id)) {
            el("option", .value("LATEST"), .flag("selected", when: chosen.isEmpty)) { "as it is now" }
            for version in versions {
                el("option", .value(version.version), .flag("selected", when: version.version == chosen)) {
                    "version \(version.version)"
                }
            }
            // Older than those that are listed.
            if !chosen.isEmpty, !versions.contains(where: { $0.version == chosen }) {
                el("option", .value(chosen), .flag("selected")) { "version \(chosen)" }
            }
        }
    }

    private func picture(
        _ definition: FlowDefinition, _ difference: FlowDifference, _ version: String, isNew: Bool
    ) -> HTML {
        let title = FlowParts.label(ofVersion: version)
        return el("section", .class("card flush")) {
            el("div", .class("cardhead")) { el("h2") { title.prefix(1).uppercased() + title.dropFirst() } }
            FlowParts.picture(
                definition, title: "Picture of \(name) \(title)", name: isNew ? "new" : "old",
                marks: DifferenceView.marks(difference, isNew: isNew))
        }
    }
}
