import ConsoleParts
import FlowDefinition
import FlowEngineAPI
import FlowParsing
import HTMLMarkup
import WebPages

/// The form of a simulation, and behind it what came of it. Nothing is called and nothing is kept.
struct SimulatePage: Sendable {
    let record: FlowRecord
    /// Empty: as it is now.
    let version: String
    let definition: FlowDefinition
    let form: SimulationForm
    let run: SimulationRun?
    let request: PageRequest

    private var paths: FlowPaths { FlowPaths(flow: record.name) }

    static func answer(
        _ request: PageRequest, _ desk: FlowDesk, runs: Bool = false
    ) async throws -> PageAnswer {
        let name = try desk.name(request)
        let version = runs ? request.field("version") : request.asked("version")
        let record = try await desk.record(name, version: version, request)
        let page = try await desk.workshop.work(request.language) { () -> Page? in
            guard let definition = FlowParser.parse(record.definition).definition else { return nil }
            let form = runs ? SimulationForm(definition, request) : SimulationForm(definition)
            return SimulatePage(
                record: record, version: version, definition: definition, form: form,
                run: runs && form.isRight ? SimulationRun(definition, form) : nil, request: request
            ).page
        }
        guard let page else {
            throw Problem(
                400, "That can't be simulated", "The definition of \(name) has errors.",
                advice: "Its page lists them.")
        }
        return .page(page)
    }

    private var page: Page {
        Page(
            ConsoleFace.face, "Simulate \(record.name)", section: ConsolePaths.flows,
            status: form.isRight ? 200 : 422, isWide: true
        ) {
            FlowParts.crumbs(record.name, "Simulate")
            el("div", .class("head")) {
                el("h1") { "Simulate \(record.name)" }
                if !version.isEmpty { badge("Version \(version)", .still) }
            }
            el("p", .class("lede")) {
                "The engine's own machine runs the flow in memory: tasks answer what you say here, the clock "
                    + "jumps to the next thing that happens, and nothing is called or kept."
            }
            el("div", .class("halves simulate")) {
                fields
                if let run {
                    SimulationResultView(page: self, run: run).view
                } else {
                    before
                }
            }
        }
    }

    private var before: HTML {
        el("section", .class("card flush")) {
            if !form.isRight {
                el("div", .class("pad")) {
                    notice(.bad) { "Nothing was run: mend what is marked on the form." }
                }
            }
            FlowParts.picture(definition, title: "Picture of \(record.name)")
        }
    }

    private var fields: HTML {
        request.form(paths.simulate + "#outcome", .class("card stack"), .id("simulation")) {
            void("input", .type("hidden"), .name("version"), .value(version))
            field(
                "input", "Input", hint: "A JSON object; the members that the flow reads are sketched.",
                fault: form.inputFault
            ) { attributes in
                el("textarea", attributes + [.attribute("rows", "7"), .attribute("spellcheck", "false")]) {
                    "\n" + form.input
                }
            }
            el("h2") { "What the tasks answer" }
            if form.mocks.isEmpty { el("p", .class("muted")) { "This flow has no tasks." } }
            for mock in form.mocks { self.mock(mock) }
            if form.tasksLeftOut > 0 {
                el("p", .class("muted small")) {
                    "\(form.tasksLeftOut) further tasks succeed with {}: fnfctl flow simulate "
                        + "takes mocks for all."
                }
            }
            el("div", .class("row")) { el("button", .type("submit"), .class("main")) { "Simulate" } }
        }
    }

    private func mock(_ mock: SimulationForm.MockFields) -> HTML {
        el("fieldset", .class("mock"), .data("step", mock.step)) {
            el("legend") { mock.step }
            el("p", .class("muted small clamp")) { mock.resource }
            if let fault = mock.fault { el("p", .class("fault"), .role("alert")) { fault } }
            el("div", .class("fields")) {
                field("outcome-\(mock.step)", "Outcome") { outcomes(mock, $0) }
                field("delay-\(mock.step)", "After", hint: "0, 500ms, 2m, 1h, 30d") { attributes in
                    input(
                        attributes + [.value(mock.delay), .attribute("placeholder", "at once")])
                }
            }
            el("div", .class("for-success")) {
                field("result-\(mock.step)", mock.waitsForReport ? "What is reported" : "Result") {
                    attributes in
                    el(
                        "textarea",
                        attributes + [
                            .class("low"), .attribute("rows", "2"), .attribute("spellcheck", "false"),
                        ]
                    ) { "\n" + mock.result }
                }
            }
            el("div", .class("fields for-failure")) {
                field("error-\(mock.step)", "Error") { attributes in
                    input(
                        attributes + [
                            .value(mock.error), .attribute("placeholder", "FC.ResourceThrottled"),
                        ])
                }
                field("cause-\(mock.step)", "Cause") { attributes in
                    input(attributes + [.value(mock.cause)])
                }
            }
        }
    }

    private func outcomes(_ mock: SimulationForm.MockFields, _ attributes: [HTMLAttribute]) -> HTML {
        let words: [(SimulationForm.Outcome, String)] = [
            (.success, mock.waitsForReport ? "is reported as done" : "succeeds"), (.failure, "fails"),
            (.never, mock.hasTimeout ? "is not heard of: times out" : "is not heard of"),
        ]
        return el("select", attributes) {
            for (outcome, word) in words {
                el("option", .value(outcome.rawValue), .flag("selected", when: outcome == mock.outcome)) {
                    word
                }
            }
        }
    }
}
