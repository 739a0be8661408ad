import HTMLMarkup
import WebPages

/// One choice of a filter, as a link; the one in force is marked.
func chip(_ label: String, _ place: String, isCurrent: Bool, count: Int64? = nil, title: String? = nil)
    -> HTML
{
    el(
        "a", .class("chip"), .href(place), .aria("current", isCurrent ? "true" : nil), .title(title)
    ) {
        label
        if let count { el("span", .class("count")) { CountText.grouped(count) } }
    }
}

/// A select that sends its form when it changes; without a script the form's button does.
func filterSelect(
    _ name: String, _ label: String, _ options: [(value: String, label: String)], chosen: String
)
    -> HTML
{
    el("label", .class("filter")) {
        el("span", .class("visually-hidden")) { label }
        el("select", .name(name), .data("submit", "")) {
            for option in options {
                el("option", .value(option.value), .flag("selected", when: option.value == chosen)) {
                    option.label
                }
            }
        }
    }
}

func filterText(_ name: String, _ label: String, value: String, isSearch: Bool = false) -> HTML {
    el("label", .class("filter", isSearch ? "wide" : nil)) {
        el("span", .class("visually-hidden")) { label }
        void(
            "input", .type("search"), .name(name), .value(value), .attribute("placeholder", label),
            .data("search", isSearch ? "" : nil), .attribute("maxlength", "200"),
            .attribute("autocomplete", "off"))
    }
}

func hidden(_ name: String, _ value: String) -> HTML {
    value.isEmpty ? HTML() : void("input", .type("hidden"), .name(name), .value(value))
}

/// A field of one line.
func textField(
    _ id: String, _ label: String, value: String, hint: String? = nil, fault: String? = nil,
    required: Bool = false, list: String? = nil
) -> HTML {
    field(id, label, hint: hint, fault: fault) { attributes in
        void(
            "input",
            attributes + [
                .type("text"), .value(value), .flag("required", when: required), .attribute("list", list),
                .attribute("autocomplete", "off"), .attribute("spellcheck", "false"),
            ])
    }
}

/// A field of several lines.
func textArea(
    _ id: String, _ label: String, value: String, rows: Int = 6, hint: String? = nil, fault: String? = nil
) -> HTML {
    field(id, label, hint: hint, fault: fault) { attributes in
        // The browser takes the first line break for none.
        el(
            "textarea", attributes + [.attribute("rows", "\(rows)"), .attribute("spellcheck", "false")]
        ) { "\n\(value)" }
    }
}
