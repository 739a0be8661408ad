import HTMLMarkup
import WebPages

/// Payment methods as they are written and shown.
enum PaymentMethods {
    static func badges(_ methods: [String]) -> HTML {
        if methods.isEmpty { return el("span", .class("muted")) { "nothing" } }
        return el("span", .class("chips")) {
            for method in methods { el("span", .class("badge plain")) { method } }
        }
    }

    /// Of a list with commas or line breaks between them; each once, in the order they were written.
    static func list(_ text: String) -> [String] {
        var methods: [String] = []
        for part in text.split(whereSeparator: { $0 == "," || $0 == "，" || $0.isWhitespace }) {
            let method = String(part)
            if !methods.contains(method) { methods.append(method) }
        }
        return methods
    }
}
