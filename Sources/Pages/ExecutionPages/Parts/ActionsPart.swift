import ConsoleParts
import FlowEngineAPI
import HTMLMarkup
import Primitives
import WebPages

/// What can be done with the execution, each also as a command.
struct ActionsPart {
    let sight: ExecutionSight
    let links: SightLinks
    let request: PageRequest
    /// What is wrong with the form that was sent last, by field, and what it held.
    var faults: [String: String] = [:]
    var given: [String: String] = [:]

    private var mayOperate: Bool { request.visitor.may(.operate) }

    /// No part that changes by itself: a form that somebody fills in must stay.
    var html: HTML {
        el("section", .class("card actions stack tight"), .id("actions"), .aria("label", "Actions")) {
            if mayOperate {
                if sight.isOpen { stop }
                again
            }
            el("details", .id("export")) {
                el("summary") { "Export as a test case" }
                export
            }
            el("details", .id("commands")) {
                el("summary") { "As fnfctl" }
                el("div", .class("stack tight")) {
                    for command in commands { copyLine(ShellText.command(command), request.language) }
                }
            }
        }
    }

    private var stop: HTML {
        el("details", .id("stop"), .flag("open", when: faults["stop"] != nil)) {
            el("summary") { "Stop" }
            request.form(
                links.part("stop"), .class("stack tight"), .data("once", ""),
                .data("confirm", "Stop \(sight.name)? Its open tasks are abandoned.")
            ) {
                el("p", .class("muted small")) {
                    "Open tasks are abandoned and their tokens no longer taken. It can't be continued."
                }
                field(
                    "stop-error", "Error", name: "error",
                    hint: "The name that a parent flow sees; may be empty."
                ) {
                    void("input", $0 + [.attribute("maxlength", "128")])
                }
                field("stop-cause", "Reason", name: "cause") {
                    void("input", $0 + [.attribute("maxlength", "4096")])
                }
                el("div", .class("row")) {
                    el("button", .type("submit"), .class("danger")) { "Stop the execution" }
                }
            }
        }
    }

    private var again: HTML {
        let isTold = !faults.isEmpty
        return el("details", .id("again"), .flag("open", when: isTold)) {
            el("summary") { "Start again" }
            request.form(links.part("again"), .class("stack tight"), .data("once", "")) {
                el("p", .class("muted small")) {
                    "A new execution of \(sight.flow)\(qualifierText), with this input or another."
                }
                field("name", "Name", fault: faults["name"]) { attributes in
                    void(
                        "input",
                        attributes + [
                            .value(given["name"] ?? suggestedName), .attribute("maxlength", "128"),
                            .flag("required"),
                        ])
                }
                field("input", "Input", fault: faults["input"]) { attributes in
                    el("textarea", attributes + [.attribute("rows", "8"), .attribute("spellcheck", "false")])
                    {
                        given["input"] ?? inputText
                    }
                }
                el("div", .class("row")) {
                    el("button", .type("submit"), .class("main")) { "Start" }
                }
            }
        }
    }

    private var qualifierText: String {
        sight.record.qualifier.map { $0.isEmpty ? "" : " (\($0))" } ?? ""
    }

    /// Easily read and changed; as it came when it is no JSON.
    private var inputText: String {
        (try? JSONParser.parse(sight.record.input))?.prettyText ?? sight.record.input
    }

    /// The name with the time behind it, in place of such a time that is there already.
    private var suggestedName: String {
        let digits = request.now.description.prefix(19).filter(\.isNumber).dropFirst(2)
        let parts = sight.name.filter { $0 != ":" }.split(separator: "-", omittingEmptySubsequences: false)
        let isTimed = parts.count > 1 && parts.last?.count == 12 && parts.last?.allSatisfy(\.isNumber) == true
        let stem = (isTimed ? parts.dropLast() : parts[...]).joined(separator: "-")
        return "\(stem.prefix(110))-\(digits)"
    }

    private var export: HTML {
        el("div", .class("stack tight")) {
            if sight.isOpen {
                el("p", .class("muted small")) {
                    "When it has ended it can be kept as a test: its input, what each service answered, "
                        + "and what came of it."
                }
            } else if sight.definition == nil || sight.gap != nil {
                el("p", .class("muted small")) {
                    "Its history is too long, or its definition can't be read here, for a test."
                }
            } else {
                el("p", .class("muted small")) {
                    "Its input, what each service answered, and what came of it, for fnfctl flow test. "
                        + "Both files belong in one folder."
                }
                el("div", .class("row")) {
                    el("a", .class("button small"), .href(links.part("test"))) { "Test case" }
                    el("a", .class("button small"), .href(links.part("definition"))) { "Definition" }
                }
            }
        }
    }

    private var commands: [[String]] {
        let (flow, name) = (sight.flow, sight.name)
        var commands = [
            ["fnfctl", "execution", "describe", flow, name],
            ["fnfctl", "execution", "history", flow, name, "--tree"],
            ["fnfctl", "logs", "--flow", flow, "--execution", name],
        ]
        if sight.isOpen {
            commands.append(["fnfctl", "execution", "stop", flow, name, "--error", "ERROR", "--cause", "WHY"])
        }
        let input = (try? JSONParser.parse(sight.record.input)).map { TokenText.masked($0).text } ?? "{}"
        if input.utf8.count <= 2_000 {
            commands.append(
                ["fnfctl", "execution", "start", flow, "--name", suggestedName, "--input", input])
        }
        return commands
    }
}
