import ConsoleParts
import FlowEngineAPI
import FlowModel
import FlowParsing
import HTMLMarkup
import Primitives
import RPCProtocol
import WebPages

/// The form that starts an execution of a flow.
struct StartPage: Sendable {
    let record: FlowRecord
    let versions: [FlowVersionRecord]
    let aliases: [FlowAliasRecord]
    let request: PageRequest
    var input: String
    var name = ""
    var qualifier: String
    var fault: String?

    private var paths: FlowPaths { FlowPaths(flow: record.name) }

    static func show(_ request: PageRequest, _ desk: FlowDesk) async throws -> PageAnswer {
        .page(try await page(request, desk).page)
    }

    private static func page(_ request: PageRequest, _ desk: FlowDesk) async throws -> StartPage {
        let flow = try desk.name(request)
        let record = try await desk.record(flow, request)
        let sketch = try await desk.workshop.work(request.language) {
            let definition = FlowParser.parse(record.definition).definition
            return JSONValue.object(definition.map(InputSketch.input) ?? JSONObject()).prettyText
        }
        let asked = request.asked("input")
        return StartPage(
            record: record, versions: try await desk.versions(flow, request),
            aliases: try await desk.aliases(flow, request), request: request,
            input: asked.isEmpty ? sketch : asked, qualifier: request.asked("qualifier"))
    }

    static func start(_ request: PageRequest, _ desk: FlowDesk) async throws -> PageAnswer {
        let flow = try desk.name(request)
        let (input, name, qualifier) = (
            request.field("input"), request.field("name"), request.field("qualifier")
        )
        do throws(RPCFailure) {
            let started = try await desk.engine.call(
                StartExecution.self,
                .with {
                    $0.flowName = flow
                    $0.executionName = name.isEmpty ? nil : name
                    $0.input = input.isEmpty ? nil : input
                    $0.qualifier = qualifier.isEmpty ? nil : qualifier
                }, as: request.visitor.role)
            return .seeOther(ConsolePaths.execution(flow, started.name))
        } catch {
            let sentence = try Problem.refusal(error)
            var page = try await page(request, desk)
            (page.input, page.name, page.qualifier, page.fault) = (input, name, qualifier, sentence)
            return .page(page.page)
        }
    }

    private var page: Page {
        Page(
            ConsoleFace.face, "Start \(record.name)", section: ConsolePaths.flows,
            status: fault == nil ? 200 : 422
        ) {
            FlowParts.crumbs(record.name, "Start")
            el("div", .class("head")) { el("h1") { "Start \(record.name)" } }
            if let fault { notice(.bad) { "Nothing was started. \(fault)" } }
            request.form(paths.start, .class("card stack"), .id("start"), .data("once", "")) {
                field("input", "Input", hint: "A JSON object; the members that the flow reads are sketched.")
                {
                    el("textarea", $0 + [.attribute("rows", "9"), .attribute("spellcheck", "false")]) {
                        "\n" + input
                    }
                }
                el("div", .class("fields")) {
                    field(
                        "name", "Name",
                        hint: "Empty: a new one. The same name with the same input starts nothing twice."
                    ) { attributes in
                        nameField(attributes)
                    }
                    field("qualifier", "Which definition") { choices($0) }
                }
                el("div", .class("row")) {
                    el("button", .type("submit"), .class("main")) { "Start" }
                    FlowParts.link(paths.page, "Cancel", "quiet")
                }
            }
            FlowParts.commands([
                (
                    "The same",
                    ["fnfctl", "execution", "start", record.name, "--input", oneLine]
                        + (qualifier.isEmpty ? [] : ["--qualifier", qualifier])
                )
            ])
        }
    }

    private func nameField(_ attributes: [HTMLAttribute]) -> HTML {
        void(
            "input",
            attributes + [.value(name), .attribute("maxlength", "128"), .attribute("autocomplete", "off")])
    }

    private var oneLine: String { (try? JSONParser.parse(input))?.text ?? "{}" }

    private func choices(_ attributes: [HTMLAttribute]) -> HTML {
        el("select", attributes) {
            el("option", .value("")) { "the flow as it is now" }
            for alias in aliases {
                el("option", .value(alias.name), .flag("selected", when: alias.name == qualifier)) {
                    "alias \(alias.name)"
                }
            }
            for version in versions {
                el("option", .value(version.version), .flag("selected", when: version.version == qualifier)) {
                    "version \(version.version)"
                }
            }
        }
    }
}
