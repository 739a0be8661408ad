package import HTMLMarkup
package import Primitives

/// The tone of a mark: what a colour means, the same everywhere.
package enum Tone: String, Sendable, Hashable {
    case good, bad, wait, run, still
}

/// A small mark of a state.
package func badge(_ text: String, _ tone: Tone) -> HTML {
    el("span", .class("badge", tone.rawValue)) { text }
}

/// Something said above a page's content. It is read out when it appears.
package func notice(_ tone: Tone, @HTMLBuilder content: () -> HTML) -> HTML {
    el("div", .class("notice", tone.rawValue), .role("status")) { el("div") { content() } }
}

/// What stands where there is nothing to show: what would be here, and how it gets here.
package func emptyState(_ title: String, _ sentence: String, @HTMLBuilder action: () -> HTML = { HTML() })
    -> HTML
{
    el("div", .class("empty")) {
        // No heading: where it stands says how deep it is, which a part can't know.
        el("p", .class("empty-title")) { title }
        el("p") { sentence }
        action()
    }
}

/// A command line with a button that copies it.
package func copyLine(_ command: String, _ language: Language) -> HTML {
    el("div", .class("copy")) {
        el("code") { command }
        el("button", .type("button"), .class("if-script"), .data("copy", command)) { language("Copy", "复制") }
    }
}

/// A field with its label, a hint and what is wrong with it. The control gets the id and names both.
///
/// - Parameter name: under which it is sent; the id if not given. A page may have it in several forms.
package func field(
    _ id: String, _ label: String, name: String? = nil, hint: String? = nil, fault: String? = nil,
    control: (_ attributes: [HTMLAttribute]) -> HTML
) -> HTML {
    let described = [hint.map { _ in "\(id)-hint" }, fault.map { _ in "\(id)-fault" }].compactMap(\.self)
    return el("div", .class("field")) {
        el("label", .for(id)) { label }
        control([
            .id(id), .name(name ?? id), .aria("invalid", fault == nil ? nil : "true"),
            .aria("describedby", described.isEmpty ? nil : described.joined(separator: " ")),
        ])
        if let hint { el("p", .class("hint"), .id("\(id)-hint")) { hint } }
        if let fault { el("p", .class("fault"), .id("\(id)-fault")) { fault } }
    }
}

/// Pairs of a name and what it is.
package func facts(_ pairs: [(String, HTML)]) -> HTML {
    el("dl", .class("facts")) {
        for (name, value) in pairs {
            el("dt") { name }
            el("dd") { value }
        }
    }
}

/// A moment, for people; the exact one is in the element. The page's script needs nothing of it.
package func moment(_ time: Timestamp?, now: Timestamp, _ language: Language) -> HTML {
    guard let time else { return el("span", .class("muted")) { "–" } }
    return el("time", .attribute("datetime", time.description), .title(time.description)) {
        MomentText.text(time, now: now, language)
    }
}
