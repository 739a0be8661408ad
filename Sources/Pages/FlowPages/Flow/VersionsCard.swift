import ConsoleParts
import FlowEngineAPI
import HTMLMarkup
import WebPages

/// The versions of a flow, with who routes to them, and the form that publishes one.
struct VersionsCard {
    let page: FlowPage

    var card: HTML {
        el("section", .class("card flush"), .id("versions")) {
            el("div", .class("cardhead")) {
                el("h2") { "Versions" }
                if let newest = page.versions.first {
                    FlowParts.link(
                        page.paths.compare(from: newest.version),
                        "Changes since version \(newest.version)", "quiet")
                }
            }
            if page.versions.isEmpty {
                emptyState(
                    "No version yet",
                    "A version is the flow as it stood at one moment and never changes. Starts and aliases "
                        + "name one, so that an edit does not reach them by itself.")
            } else {
                table
            }
            if page.versions.count == FlowDesk.versionsShownMax {
                el("p", .class("muted small pad")) {
                    "The newest \(FlowDesk.versionsShownMax) are shown; fnfctl flow versions lists all."
                }
            }
            if page.mayChange { publishing }
        }
    }

    private var table: HTML {
        el(
            "div", .class("scroll limited"), .attribute("tabindex", "0"), .role("region"),
            .aria("label", "Versions")
        ) {
            el("table") {
                el("thead") {
                    el("tr") {
                        for name in ["Version", "Published", "Aliases", "Compare"] {
                            el("th", .attribute("scope", "col")) { name }
                        }
                    }
                }
                el("tbody") {
                    for (index, version) in page.versions.enumerated() {
                        row(version, before: page.versions.dropFirst(index + 1).first)
                    }
                }
            }
        }
    }

    private func row(_ version: FlowVersionRecord, before: FlowVersionRecord?) -> HTML {
        el("tr", .data("version", version.version)) {
            el("td") {
                el("a", .href(page.paths.version(version.version))) { "Version \(version.version)" }
                if !version.description.isEmpty {
                    el("p", .class("muted small clamp")) { version.description }
                }
            }
            el("td", .class("muted nowrap")) { FlowParts.time(version.createdTime, page.request) }
            el("td") {
                el("div", .class("chips")) {
                    for share in FlowParts.shares(of: version.version, in: page.aliases) {
                        el("span", .class("badge plain run")) { share }
                    }
                }
            }
            el("td", .class("nowrap")) {
                if let before {
                    el("a", .href(page.paths.compare(from: before.version, to: version.version))) {
                        "with \(before.version)"
                    }
                } else {
                    el("span", .class("muted")) { "the first" }
                }
            }
        }
    }

    private var publishing: HTML {
        page.request.form(page.paths.publish, .class("row foot"), .data("once", "")) {
            if let fault = page.fault, fault.form == .publish || fault.form == .unpublish {
                el("p", .class("fault"), .role("alert")) { fault.sentence }
            }
            el("label", .class("visually-hidden"), .for("about")) { "What the version is about" }
            void(
                "input", .id("about"), .name("about"), .class("grow"), .attribute("maxlength", "400"),
                .attribute("placeholder", "What is new in it (may stay empty)"))
            el("button", .type("submit")) { "Publish a version" }
        }
    }
}
