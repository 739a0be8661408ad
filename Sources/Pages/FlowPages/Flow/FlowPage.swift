import ConsoleParts
import FlowDefinition
import FlowDrawing
import FlowEngineAPI
import FlowModel
import FlowParsing
import HTMLMarkup
import WebPages

/// One flow: its picture, its text with what the validator says, its versions and aliases.
struct FlowPage: Sendable {
    let record: FlowRecord
    let versions: [FlowVersionRecord]
    let aliases: [FlowAliasRecord]
    let counts: FlowCounts?
    let request: PageRequest
    /// A form of this page that was not taken, and why.
    var fault: Fault?

    struct Fault: Sendable {
        enum Form: Sendable { case alias, publish, delete, unpublish }
        let form: Form
        let sentence: String
    }

    var paths: FlowPaths { FlowPaths(flow: record.name) }
    var mayChange: Bool { request.visitor.may(.admin) }

    static func answer(
        _ request: PageRequest, _ desk: FlowDesk, fault: Fault? = nil
    ) async throws -> PageAnswer {
        let name = try desk.name(request)
        let page = FlowPage(
            record: try await desk.record(name, request), versions: try await desk.versions(name, request),
            aliases: try await desk.aliases(name, request), counts: try await desk.counts(name, request),
            request: request, fault: fault)
        return .page(try await desk.workshop.work(request.language) { page.page })
    }

    private var page: Page {
        // The engine judges no longer ones either: the validator looks at every way through a flow.
        let check = CheckedDefinition(
            record.definition, bytesJudged: FlowLimits.standard.judgedBytesMax)
        return Page(
            ConsoleFace.face, record.name, section: ConsolePaths.flows, status: fault == nil ? 200 : 422,
            isWide: true
        ) {
            head
            FlowNotice.shown(request)
            figures
            el("div", .class("halves")) {
                pictureCard(check)
                sourceCard(check)
            }
            if !check.diagnostics.isEmpty { findingsCard(check) }
            el("div", .class("halves")) {
                VersionsCard(page: self).card
                AliasesCard(page: self).card
            }
            FlowParts.commands(commands)
            if mayChange { deletion }
        }
    }

    private var head: HTML {
        group {
            FlowParts.crumbs(nil, record.name)
            el("div", .class("head")) {
                el("h1") { record.name }
                if record.executionMode == "Express" { badge("Express", .run) }
                if request.visitor.may(.operate) { FlowParts.link(paths.start, "Start", "button main") }
                FlowParts.link(paths.simulate, "Simulate")
                if mayChange { FlowParts.link(paths.edit, "Edit") }
            }
            if !record.description.isEmpty { el("p", .class("lede")) { record.description } }
        }
    }

    private var figures: HTML {
        el("ul", .class("figures"), .aria("label", "Executions of this flow")) {
            figure("Running", counts?.running, paths.executions(status: "Running"))
            figure("Wait for a report", counts?.waitingForCallback, ConsolePaths.waiting)
            figure("Succeeded", counts?.succeeded, paths.executions(status: "Succeeded"))
            figure("Failed", counts?.failed, paths.executions(status: "Failed"))
            figure("Timed out", counts?.timedOut, paths.executions(status: "TimedOut"))
            el("li") {
                el("a", .href(paths.executions())) {
                    el("span", .class("value")) { FlowParts.time(record.lastModifiedTime, request) }
                    el("span", .class("label")) { "Changed · all executions" }
                }
            }
        }
    }

    private func figure(_ label: String, _ number: Int64?, _ place: String) -> HTML {
        el("li") {
            el("a", .href(place)) {
                el("span", .class("value")) { "\(number ?? 0)" }
                el("span", .class("label")) { label }
            }
        }
    }

    private func pictureCard(_ check: CheckedDefinition) -> HTML {
        el("section", .class("card flush"), .id("picture")) {
            el("div", .class("cardhead")) {
                el("h2") { "Picture" }
                for (form, label) in [("svg", "SVG"), ("mermaid", "Mermaid"), ("dot", "DOT")] {
                    FlowParts.link(paths.download(form), label, "quiet")
                }
            }
            if let definition = check.definition {
                FlowParts.picture(
                    definition, title: "Picture of \(record.name)",
                    marks: StepLinks.toLines(definition, ReportView.marks(check.diagnostics)))
            } else {
                emptyState("No picture", "The definition has errors; mended, it is drawn here.")
            }
        }
    }

    private func sourceCard(_ check: CheckedDefinition) -> HTML {
        el("section", .class("card flush"), .id("definition")) {
            el("div", .class("cardhead")) {
                el("h2") { "Definition" }
                ReportView.verdict(check)
                FlowParts.link(paths.download("yaml"), "YAML", "quiet")
                if mayChange { FlowParts.link(paths.edit, "Edit", "quiet") }
            }
            SourceView.render(record.definition, check.diagnostics)
        }
    }

    private func findingsCard(_ check: CheckedDefinition) -> HTML {
        el("section", .class("card stack"), .id("report")) {
            el("div", .class("head")) {
                el("h2") { "What the validator says" }
                ReportView.verdict(check)
            }
            ReportView.findings(check.diagnostics, of: record.definition)
        }
    }

    private var commands: [(what: String, command: [String])] {
        [
            ("Its text", ["fnfctl", "flow", "describe", record.name, "--definition"]),
            ("What a file would change", ["fnfctl", "flow", "diff", record.name, "FILE"]),
            (
                "Change it to what a file says",
                ["fnfctl", "flow", "apply", "-f", "FILE", "--name", record.name]
            ),
        ]
    }

    private var deletion: HTML {
        el("section", .class("card stack danger-zone"), .id("deletion")) {
            el("h2") { "Delete this flow" }
            el("p", .class("lede")) {
                "Its versions, aliases and schedules go with it. Executions that run go on to their end; "
                    + "those that have ended are not shown any more. This can't be undone."
            }
            request.form(paths.delete, .class("stack tight slim")) {
                field(
                    "confirmation", "Type the flow's name to confirm",
                    fault: fault?.form == .delete ? fault?.sentence : nil
                ) { attributes in
                    input(
                        attributes + [
                            .attribute("autocomplete", "off"), .attribute("spellcheck", "false"),
                            .attribute("placeholder", record.name),
                        ])
                }
                el("button", .type("submit"), .class("danger")) { "Delete \(record.name)" }
            }
            copyLine(ShellText.command(["fnfctl", "flow", "delete", record.name]), .english)
        }
    }
}

/// Marks of steps that lead to the lines where they are written.
enum StepLinks {
    static func toLines(
        _ definition: FlowDefinition, _ marks: [String: StepMark] = [:], name: String = "L"
    ) -> [String: StepMark] {
        var linked = marks
        for step in definition.allSteps where step.location.line > 0 {
            linked[step.name, default: StepMark()].link = "#\(name)\(step.location.line)"
        }
        return linked
    }
}
