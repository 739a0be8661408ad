import ConsoleParts
import FlowEngineAPI
import HTMLMarkup
import WebPages

/// The aliases of a flow with the share that each version gets, and the forms that change them.
struct AliasesCard {
    let page: FlowPage

    var card: HTML {
        el("section", .class("card flush"), .id("aliases")) {
            el("div", .class("cardhead")) { el("h2") { "Aliases" } }
            if page.aliases.isEmpty {
                emptyState(
                    "No alias yet",
                    "Whoever starts executions names an alias, and whoever releases moves it to another "
                        + "version – at once, or a share of the starts at a time.")
            } else {
                el("ul", .class("aliases")) { for alias in page.aliases { item(alias) } }
            }
            if page.mayChange, !page.versions.isEmpty { form }
        }
    }

    private func item(_ alias: FlowAliasRecord) -> HTML {
        el("li", .data("alias", alias.name)) {
            el("div", .class("row apart")) {
                el("div", .class("row")) {
                    el("b") { alias.name }
                    if !alias.description.isEmpty { el("span", .class("muted")) { alias.description } }
                }
                el("span", .class("muted small")) {
                    FlowParts.time(alias.lastModifiedTime, page.request)
                }
            }
            el("div", .class("routes")) {
                for route in alias.routingConfigurations {
                    el("div", .class("row")) {
                        el("a", .href(page.paths.version(route.version))) { "Version \(route.version)" }
                        // The share as a bar; its text says the same.
                        el(
                            "progress", .attribute("max", "100"), .value("\(route.weight)"),
                            .aria("label", "Share of version \(route.version)"))
                        el("span", .class("mono")) { "\(route.weight) %" }
                    }
                }
            }
            if page.mayChange {
                el("div", .class("row")) {
                    FlowParts.link(
                        ConsolePaths.with(page.paths.page, [("alias", alias.name)]) + "#aliasform", "Change",
                        "quiet")
                    page.request.form(
                        page.paths.alias(alias.name) + "/delete", .class("inline"),
                        .data("confirm", "Delete the alias \(alias.name)?")
                    ) {
                        el("button", .type("submit"), .class("quiet danger")) {
                            "Delete"
                            el("span", .class("visually-hidden")) { " the alias \(alias.name)" }
                        }
                    }
                }
            }
        }
    }

    /// What the fields show: what was sent and not taken, else the alias that is to be changed.
    private func shown(_ name: String) -> String {
        if page.fault?.form == .alias { return page.request.field(name) }
        let alias = page.aliases.first { $0.name == page.request.asked("alias") }
        guard let alias else { return name == "route" ? page.versions.first?.version ?? "" : "" }
        let routes = alias.routingConfigurations
        return switch name {
        case "alias": alias.name
        case "route": routes.first?.version ?? ""
        case "other": routes.dropFirst().first?.version ?? ""
        case "share": routes.dropFirst().first.map { "\($0.weight)" } ?? ""
        default: alias.description
        }
    }

    private var form: HTML {
        page.request.form(page.paths.aliases, .class("stack foot"), .id("aliasform"), .data("once", "")) {
            el("h3") { "Set an alias" }
            if let fault = page.fault, fault.form == .alias {
                el("p", .class("fault"), .role("alert")) { fault.sentence }
            }
            el("div", .class("fields")) {
                field("alias", "Alias", hint: "A new name makes one.") { attributes in
                    input(attributes + [.value(shown("alias")), .flag("required")])
                }
                field("route", "Version") { versions($0, chosen: shown("route"), none: nil) }
                field("other", "Second version") { versions($0, chosen: shown("other"), none: "none") }
                field("share", "Its share, %", hint: "The first gets the rest.") { attributes in
                    input(
                        attributes + [
                            .value(shown("share")), .type("number"), .attribute("min", "0"),
                            .attribute("max", "100"),
                        ])
                }
            }
            el("div", .class("row")) { el("button", .type("submit")) { "Set the alias" } }
            copyLine(
                ShellText.command([
                    "fnfctl", "flow", "alias", "set", page.record.name, "ALIAS", "--route", "1=90",
                    "--route", "2=10",
                ]), .english)
        }
    }

    private func versions(_ attributes: [HTMLAttribute], chosen: String, none: String?) -> HTML {
        el("select", attributes) {
            if let none { el("option", .value("")) { none } }
            for version in page.versions {
                el("option", .value(version.version), .flag("selected", when: version.version == chosen)) {
                    version.version
                }
            }
        }
    }
}

/// An input element of attributes that were gathered.
func input(_ attributes: [HTMLAttribute]) -> HTML { void("input", attributes) }
