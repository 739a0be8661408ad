import ConsoleParts
import FlowDefinition
import FlowDrawing
import FlowEngineAPI
import HTMLMarkup
import Primitives
import WebPages

/// The parts that several pages of flows have.
enum FlowParts {
    /// Steps of a flow that a page draws; the picture of a larger one is a file.
    static let stepsDrawnMax = 200

    static func crumbs(_ flow: String?, _ here: String) -> HTML {
        el("nav", .class("crumbs"), .aria("label", "Where you are")) {
            el("a", .href(ConsolePaths.flows)) { "Flows" }
            if let flow { el("a", .href(ConsolePaths.flow(flow))) { flow } }
            el("span") { here }
        }
    }

    static func picture(
        _ definition: FlowDefinition, title: String, name: String = "flow", marks: [String: StepMark] = [:]
    ) -> HTML {
        guard definition.allSteps.count <= stepsDrawnMax else {
            return emptyState(
                "Too large to draw here",
                "\(definition.allSteps.count) steps; a page draws at most \(stepsDrawnMax). The picture as a "
                    + "file has all of them.")
        }
        // Its keyboard focus lets it be scrolled without a mouse.
        return el(
            "div", .class("graph"), .attribute("tabindex", "0"), .role("region"), .aria("label", title)
        ) {
            HTML(trusted: SVGText.embedded(definition, title: title, name: name, marks: marks))
        }
    }

    /// The same in a terminal.
    static func commands(_ lines: [(what: String, command: [String])]) -> HTML {
        el("section", .class("card stack tight"), .id("terminal")) {
            el("h2") { "In a terminal" }
            for line in lines {
                el("div", .class("stack tight")) {
                    el("p", .class("muted small")) { line.what }
                    copyLine(ShellText.command(line.command), .english)
                }
            }
        }
    }

    static func time(_ text: String, _ request: PageRequest) -> HTML {
        moment(Timestamp(rfc3339: text), now: request.now, .english)
    }

    /// `prod 90 %`
    static func shares(of version: String, in aliases: [FlowAliasRecord]) -> [String] {
        aliases.flatMap { alias in
            alias.routingConfigurations.filter { $0.version == version }.map {
                "\(alias.name) \($0.weight) %"
            }
        }
    }

    /// `version 3`, or `as it is now` for an empty one.
    static func label(ofVersion version: String) -> String {
        version.isEmpty ? "as it is now" : "version \(version)"
    }

    /// The lines of a page's head that are no heading: buttons and badges.
    static func link(_ place: String, _ text: String, _ classes: String = "button") -> HTML {
        el("a", .class(classes), .href(place)) { text }
    }
}
