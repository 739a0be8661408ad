import ConsoleParts
import FlowModel
import FlowEngineAPI
import HTMLMarkup
import Primitives
import WebPages

/// What the execution is and how it stands, with its input, its output and what went wrong.
struct HeadPart {
    let sight: ExecutionSight
    let links: SightLinks
    let language: Language
    /// Whether the page is told of changes.
    let isLive: Bool

    var html: HTML {
        el("div", .class("stack"), .id("head"), .data("part", "")) {
            el("nav", .class("crumbs"), .aria("label", "Where this is")) {
                el("a", .href(ConsolePaths.executions)) { "Executions" }
                el("a", .href(ConsolePaths.with(ConsolePaths.executions, [("flow", sight.flow)]))) {
                    sight.flow
                }
                el("span") { sight.name }
            }
            el("div", .class("row title")) {
                el("h1") { sight.name }
                executionBadge(sight.record.status)
                if sight.isOpen, isLive { el("span", .class("live if-script")) { "live" } }
            }
            if sight.at != nil { asItWas }
            if sight.isOpen, !isLive {
                notice(.wait) {
                    "As many executions are watched as can be: this page does not update itself. Load it "
                        + "again to see what is new."
                }
            }
            failure
            summary
        }
    }

    private var asItWas: HTML {
        notice(.run) {
            "You see the execution as it stood at event \(sight.shown) of \(sight.last), "
                + "\(clock(sight.story.lastTime))."
        }
    }

    private var summary: HTML {
        let record = sight.record
        let started = Timestamp(rfc3339: record.startedTime)
        let stopped = Timestamp(rfc3339: record.stoppedTime)
        var pairs: [(String, HTML)] = [
            ("Flow", el("a", .href(ConsolePaths.flow(sight.flow))) { sight.flow })
        ]
        if let version = record.flowVersion { pairs.append(("Version", HTML(version))) }
        if let qualifier = record.qualifier, !qualifier.isEmpty, qualifier != record.flowVersion {
            pairs.append(("Started as", HTML(qualifier)))
        }
        pairs.append(("Started", moment(started, now: sight.now, language)))
        if let stopped { pairs.append(("Ended", moment(stopped, now: sight.now, language))) }
        if let started { pairs.append((stopped == nil ? "Running for" : "Took", took(started, stopped))) }
        for (key, value) in record.labels { pairs.append((key, HTML(value.stringValue ?? value.text))) }
        return el("dl", .class("strip")) {
            for (name, value) in pairs {
                el("div") {
                    el("dt") { name }
                    el("dd") { value }
                }
            }
        }
    }

    private func took(_ started: Timestamp, _ stopped: Timestamp?) -> HTML {
        guard let stopped else {
            return el("span", .data("since", started.description)) {
                MomentText.took(started.duration(to: max(sight.now, started)))
            }
        }
        return HTML(MomentText.took(started.duration(to: stopped)))
    }

    /// Of the execution as it is now, or as it stood.
    private var failure: HTML? {
        let story = sight.story
        guard let node = story.failedNode.map({ story.nodes[$0] }), story.status == .failed else {
            guard let failure = story.failure, story.status.isTerminal else {
                guard story.status == .timedOut else { return nil }
                return notice(.bad) {
                    "The flow did not end within its timeoutSeconds. What was open then was abandoned: "
                    openNames(.stopped)
                }
            }
            return notice(story.status == .stopped ? .wait : .bad) {
                el("strong") { story.status == .stopped ? stoppedText(failure.error) : failure.error }
                cause(failure.cause)
            }
        }
        let failure = story.failure ?? node.failure
        return notice(.bad) {
            el("strong") { failure?.error ?? "Failed" }
            " at step "
            el("a", .href(links.node(node)), .data("soft", "")) { node.name }
            cause(failure?.cause ?? "")
        }
    }

    private func stoppedText(_ error: String) -> String {
        error == ExecutionChanges.stopError ? "Stopped" : "Stopped: \(error)"
    }

    private func cause(_ text: String) -> HTML? {
        text.isEmpty ? nil : el("p", .class("cause")) { text }
    }

    private func openNames(_ state: StoryState) -> HTML {
        let names = sight.story.nodes.filter { $0.kind == .step && $0.state == state && $0.children.isEmpty }
        return group {
            for (index, node) in names.prefix(8).enumerated() {
                if index > 0 { ", " }
                el("a", .href(links.node(node)), .data("soft", "")) { node.name }
            }
        }
    }
}

/// The whole execution's input and output.
struct DataPart {
    let sight: ExecutionSight

    var html: HTML {
        el(
            "section", .class("card stack tight"), .id("data"), .data("part", ""),
            .aria("label", "Input and output")
        ) {
            el("h2") { "Input and output" }
            el("div", .class("ex-pair")) {
                el("div", .class("stack tight")) {
                    el("h3") { "Input" }
                    jsonView(masked(sight.record.input), bytesMax: 16 << 10)
                }
                el("div", .class("stack tight")) {
                    el("h3") { "Output" }
                    if let output = sight.story.output {
                        jsonView(TokenText.masked(.object(output)).text, bytesMax: 16 << 10)
                    } else {
                        el("p", .class("muted")) {
                            sight.story.status.isTerminal
                                ? "It has none: only an execution that succeeded gives an output."
                                : "It has none yet."
                        }
                    }
                }
            }
        }
    }

    private func masked(_ text: String) -> String {
        guard let value = try? JSONParser.parse(text) else { return text }
        return TokenText.masked(value).text
    }
}
