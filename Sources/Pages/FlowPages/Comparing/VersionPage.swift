import ConsoleParts
import FlowEngineAPI
import FlowModel
import FlowParsing
import HTMLMarkup
import WebPages

/// One published version of a flow.
struct VersionPage: Sendable {
    let record: FlowRecord
    let version: String
    let aliases: [FlowAliasRecord]
    /// The version before it; nil: it is the first, or that one is far back.
    let before: String?
    let request: PageRequest

    private var paths: FlowPaths { FlowPaths(flow: record.name) }

    static func answer(_ request: PageRequest, _ desk: FlowDesk) async throws -> PageAnswer {
        let name = try desk.name(request)
        let version = request["version"]
        let versions = try await desk.versions(name, request).map(\.version)
        let place = versions.firstIndex(of: version)
        let page = VersionPage(
            record: try await desk.record(name, version: version, request), version: version,
            aliases: try await desk.aliases(name, request),
            before: place.flatMap { versions.indices.contains($0 + 1) ? versions[$0 + 1] : nil },
            request: request)
        return .page(try await desk.workshop.work(request.language) { page.page })
    }

    private var page: Page {
        let check = CheckedDefinition(record.definition, bytesJudged: FlowLimits.standard.judgedBytesMax)
        return Page(
            ConsoleFace.face, "\(record.name) version \(version)", section: ConsolePaths.flows, isWide: true
        ) {
            FlowParts.crumbs(record.name, "Version \(version)")
            head
            if !record.description.isEmpty { el("p", .class("lede")) { record.description } }
            el("div", .class("halves")) {
                el("section", .class("card flush"), .id("picture")) {
                    el("div", .class("cardhead")) {
                        el("h2") { "Picture" }
                        for (form, label) in [("svg", "SVG"), ("mermaid", "Mermaid"), ("dot", "DOT")] {
                            FlowParts.link(paths.download(form, version: version), label, "quiet")
                        }
                    }
                    if let definition = check.definition {
                        FlowParts.picture(
                            definition, title: "Picture of \(record.name) version \(version)",
                            marks: StepLinks.toLines(definition, ReportView.marks(check.diagnostics)))
                    }
                }
                el("section", .class("card flush"), .id("definition")) {
                    el("div", .class("cardhead")) {
                        el("h2") { "Definition" }
                        ReportView.verdict(check)
                        FlowParts.link(paths.download("yaml", version: version), "YAML", "quiet")
                    }
                    SourceView.render(record.definition, check.diagnostics)
                }
            }
            FlowParts.commands([
                (
                    "Its text",
                    ["fnfctl", "flow", "describe", record.name, "--version", version, "--definition"]
                ),
                (
                    "Start an execution of it",
                    ["fnfctl", "execution", "start", record.name, "--qualifier", version]
                ),
            ])
            if request.visitor.may(.admin) { deletion }
        }
    }

    private var head: HTML {
        el("div", .class("head")) {
            el("h1") { "\(record.name) version \(version)" }
            for share in FlowParts.shares(of: version, in: aliases) {
                el("span", .class("badge plain run")) { share }
            }
            el("span", .class("muted")) {
                "Published "
                FlowParts.time(record.lastModifiedTime, request)
            }
            if request.visitor.may(.operate) {
                FlowParts.link(
                    ConsolePaths.with(paths.start, [("qualifier", version)]), "Start", "button main")
            }
            if let before {
                FlowParts.link(paths.compare(from: before, to: version), "Compare with \(before)")
            }
            FlowParts.link(paths.compare(from: version), "Compare with now")
        }
    }

    private var deletion: HTML {
        el("section", .class("card stack danger-zone"), .id("deletion")) {
            el("h2") { "Delete this version" }
            el("p", .class("lede")) {
                "It is refused while an alias routes to it. Executions that run it go on to their end; "
                    + "its number is not used again."
            }
            request.form(paths.version(version) + "/delete", .class("row")) {
                el("label", .class("row")) {
                    void("input", .type("checkbox"), .name("sure"), .value("yes"), .flag("required"))
                    el("span") { "Yes, delete version \(version)" }
                }
                el("button", .type("submit"), .class("danger")) { "Delete" }
            }
            copyLine(
                ["fnfctl flow unpublish", record.name, version].joined(separator: " "), .english)
        }
    }
}
