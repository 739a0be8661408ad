import ConsoleParts
import FlowDefinition
import FlowParsing
import HTMLMarkup
import WebPages

/// The page on which a definition is written, checked and saved.
struct EditPage: Sendable {
    var draft: FlowDraft
    let request: PageRequest
    /// Nil: it was not checked yet.
    var report: DraftReport?
    var said: (Tone, String)?
    var nameFault: String?
    var status = 200

    var page: Page {
        let title = draft.flow.map { "Edit \($0)" } ?? "New flow"
        return Page(
            ConsoleFace.face, title, section: ConsolePaths.flows, status: status, isWide: true
        ) {
            FlowParts.crumbs(draft.flow, draft.flow == nil ? "New" : "Edit")
            el("div", .class("head")) { el("h1") { title } }
            if let said { notice(said.0) { said.1 } }
            if let conflict = report?.conflict { self.conflict(conflict) }
            el("div", .class("halves edit")) {
                form
                result
            }
        }
    }

    private var form: HTML {
        request.form(
            draft.flow.map { FlowPaths(flow: $0).edit } ?? FlowPaths.creation, .class("card stack"),
            .id("editor")
        ) {
            void("input", .type("hidden"), .name("seen"), .value(draft.seen))
            if draft.flow == nil { naming }
            field("description", "Description") { attributes in
                input(attributes + [.value(draft.description), .attribute("maxlength", "4096")])
            }
            el("div", .class("field")) {
                el("label", .for("text")) { "Definition" }
                el("div", .class("editor")) {
                    el("div", .class("gutter if-script"), .aria("hidden", "true")) {}
                    el(
                        "textarea", .id("text"), .name("definition"), .attribute("rows", "28"),
                        .attribute("wrap", "off"), .attribute("spellcheck", "false"),
                        .attribute("autocapitalize", "off"), .data("check", "result"),
                        .aria("describedby", "text-hint")
                    ) { "\n" + draft.text }
                }
                el("p", .class("hint"), .id("text-hint")) {
                    "YAML or JSON, at most 1 MiB. "
                    el("span", .class("if-script")) { "It is checked while you type." }
                }
            }
            el("div", .class("row")) {
                el("button", .type("submit"), .name("intent"), .value("check")) { "Check" }
                el("button", .type("submit"), .name("intent"), .value("format")) { "Format" }
                el("button", .type("submit"), .class("main"), .name("intent"), .value("save")) {
                    draft.flow == nil ? "Make the flow" : "Save"
                }
                FlowParts.link(
                    draft.flow.map { ConsolePaths.flow($0) } ?? ConsolePaths.flows, "Cancel", "quiet")
            }
        }
    }

    private var naming: HTML {
        el("div", .class("fields")) {
            field(
                "name", "Name", hint: "Letters, digits, _ and -; it can't be changed later.",
                fault: nameFault
            ) { attributes in
                input(
                    attributes + [
                        .value(draft.name), .flag("required"), .attribute("maxlength", "128"),
                        .attribute("autocomplete", "off"), .attribute("spellcheck", "false"),
                    ])
            }
            field("mode", "Mode", hint: "Express: short, in memory, its starter waits.") { attributes in
                el("select", attributes) {
                    el("option", .value("Standard"), .flag("selected", when: !draft.isExpress)) { "Standard" }
                    el("option", .value("Express"), .flag("selected", when: draft.isExpress)) { "Express" }
                }
            }
        }
    }

    /// The part that the script puts in place while somebody types.
    private var result: HTML {
        el("div", .class("stack"), .id("result"), .aria("live", "polite")) {
            if let report {
                checked(report)
            } else {
                el("section", .class("card")) {
                    emptyState(
                        "Not checked yet",
                        "Check tells what is wrong with it, draws it, and says what it means against "
                            + "what is in force. Save takes only what has no errors.")
                }
            }
        }
    }

    private func checked(_ report: DraftReport) -> HTML {
        let diagnostics = report.diagnostics
        return group {
            el("section", .class("card stack"), .id("report")) {
                el("div", .class("head")) {
                    el("h2") { "What the validator says" }
                    ReportView.verdict(report.check)
                }
                if diagnostics.isEmpty {
                    el("p", .class("muted")) { "Nothing to mend." }
                } else {
                    ReportView.findings(diagnostics, of: report.check.text, showsLines: true)
                }
            }
            if let difference = report.difference {
                el("section", .class("card stack"), .id("meaning")) {
                    el("h2") { "Against what is in force" }
                    DifferenceView.words(difference)
                }
            }
            if let definition = report.check.definition {
                el("section", .class("card flush"), .id("picture")) {
                    el("div", .class("cardhead")) { el("h2") { "Picture" } }
                    FlowParts.picture(
                        definition, title: "Picture of what is written",
                        marks: report.difference.map { DifferenceView.marks($0, isNew: true) } ?? [:])
                }
            }
            if !diagnostics.isEmpty {
                el("details", .class("card flush"), .id("marked")) {
                    el("summary", .class("pad")) { "The text with its marks" }
                    SourceView.render(report.check.text, diagnostics)
                }
            }
        }
    }

    private func conflict(_ conflict: DraftReport.Conflict) -> HTML {
        el("section", .class("card stack"), .id("conflict")) {
            notice(.bad) {
                el("b") { "Nothing was saved: somebody else changed the flow meanwhile." }
                el("p") {
                    "Your text is below, as you typed it. This is what it would change in theirs of "
                    FlowParts.time(conflict.time, request)
                    ". Take over what you want to keep; saving again replaces theirs by yours."
                }
            }
            LineDifferenceView.render(conflict.lines)
        }
    }
}
