import FlowDefinition
import FlowDrawing
import HTMLMarkup
import WebPages

/// What one flow does otherwise than another, in words and as marks of its steps.
enum DifferenceView {
    static func words(_ difference: FlowDifference) -> HTML {
        guard !difference.isEmpty else {
            return el("p", .class("lede")) { "Both mean the same: every execution would go the same way." }
        }
        return el("ul", .class("differences")) {
            for step in difference.removed { presence(step, "removed", .bad) }
            for step in difference.added { presence(step, "added", .good) }
            for name in changedSteps(difference) { changes(name, difference) }
        }
    }

    /// In the order in which they come up; the flow itself first.
    private static func changedSteps(_ difference: FlowDifference) -> [String] {
        var seen: Set<String> = []
        return (difference.changed + difference.rewired).map(\.step).filter { seen.insert($0).inserted }
    }

    private static func presence(_ step: FlowDifference.Presence, _ word: String, _ tone: Tone) -> HTML {
        el("li", .data("step", step.step), .data("change", word)) {
            el("div", .class("row")) {
                badge(word, tone)
                el("b") { step.step }
                el("span", .class("muted")) {
                    step.container.isEmpty ? step.type : "\(step.type) inside \(step.container)"
                }
            }
        }
    }

    private static func changes(_ name: String, _ difference: FlowDifference) -> HTML {
        el("li", .data("step", name), .data("change", "changed")) {
            el("div", .class("row")) {
                badge("changed", .wait)
                el("b") { name.isEmpty ? "The flow itself" : name }
            }
            el("ul") {
                for change in difference.changed where change.step == name { attribute(change) }
                for change in difference.rewired where change.step == name { way(change) }
            }
        }
    }

    private static func attribute(_ change: FlowDifference.Change) -> HTML {
        el("li") {
            switch (change.old, change.new) {
            case (nil, let new): el("code") { change.what }; " is set: "; text(new, "ins")
            case (let old, nil): el("code") { change.what }; " is gone: it was "; text(old, "del")
            case (let old, let new):
                el("code") { change.what }; " is "; text(new, "ins"); " instead of "; text(old, "del")
            }
        }
    }

    private static func way(_ change: FlowDifference.Change) -> HTML {
        el("li") {
            way(called: change.what)
            switch (change.old, change.new) {
            case (nil, let new): "goes on to "; text(new, "ins"); ", which it did not"
            case (let old, nil): "does not lead to "; text(old, "del"); " any more"
            case (let old, let new): "goes on to "; text(new, "ins"); " instead of "; text(old, "del")
            }
        }
    }

    /// The way on, as a beginning of a sentence.
    private static func way(called name: String) -> HTML {
        switch name {
        case "next": "Then it "
        case "start": "The flow "
        case "default": "When no condition holds, it "
        case "iteration": "Each iteration "
        default:
            if name.hasPrefix("if ") {
                HTML("When ") + el("code") { String(name.dropFirst(3)) } + HTML(" holds, it ")
            } else if name.hasPrefix("catch ") {
                HTML("After the error ") + el("code") { String(name.dropFirst(6)) } + HTML(" it ")
            } else {
                HTML("Its \(name) ")
            }
        }
    }

    private static func text(_ value: String?, _ element: StaticString) -> HTML {
        el(element) { el("code") { value ?? "" } }
    }

    /// Marks for the picture of the old or the new one.
    static func marks(_ difference: FlowDifference, isNew: Bool) -> [String: StepMark] {
        var marks: [String: StepMark] = [:]
        for change in difference.changed + difference.rewired where !change.step.isEmpty {
            marks[change.step] = StepMark("wait", note: "changed")
        }
        for step in isNew ? difference.added : difference.removed {
            marks[step.step] = StepMark(isNew ? "good" : "bad", note: isNew ? "added" : "removed")
        }
        return marks
    }
}

/// Two texts as the lines that changed.
enum LineDifferenceView {
    /// Lines that a page shows.
    static let linesMax = 1_500

    static func render(_ difference: LineDifference) -> HTML {
        if difference.isEmpty { return el("p", .class("muted pad")) { "Every line is the same." } }
        let parts = difference.parts()
        return group {
            el(
                "div", .class("scroll"), .attribute("tabindex", "0"), .role("region"),
                .aria("label", "Changed lines")
            ) {
                el("table", .class("linediff")) {
                    el("thead", .class("visually-hidden")) {
                        el("tr") {
                            for name in ["Old line", "New line", "Change", "Text"] {
                                el("th", .attribute("scope", "col")) { name }
                            }
                        }
                    }
                    el("tbody") { for part in parts.prefix(linesMax) { row(part) } }
                }
            }
            if parts.count > linesMax {
                el("p", .class("muted small pad")) { "Further changed lines are not shown." }
            }
        }
    }

    private static func row(_ part: LineDifference.Part) -> HTML {
        switch part {
        case .skipped(let count):
            el("tr", .class("skipped")) {
                el("td", .attribute("colspan", "4")) { "\(count) unchanged line\(count == 1 ? "" : "s")" }
            }
        case .line(let line):
            el("tr", .class(word(line.kind))) {
                el("td", .class("number")) { line.old.map(String.init) }
                el("td", .class("number")) { line.new.map(String.init) }
                el("td", .class("sign")) { sign(line.kind) }
                el("td") { el("code") { String(line.text) } }
            }
        }
    }

    private static func word(_ kind: LineDifference.Kind) -> String? {
        switch kind {
        case .kept: nil
        case .removed: "removed"
        case .added: "added"
        }
    }

    private static func sign(_ kind: LineDifference.Kind) -> String {
        switch kind {
        case .kept: ""
        case .removed: "−"
        case .added: "+"
        }
    }
}
