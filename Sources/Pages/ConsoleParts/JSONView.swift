package import HTMLMarkup
package import Primitives

/// A JSON text for reading: on lines of its own where it is long, its parts in colours; what is no JSON, as
/// it is.
package func jsonView(_ text: String, bytesMax: Int = 64 << 10) -> HTML {
    guard text.utf8.count <= bytesMax else {
        return el("pre", .class("code")) {
            HTML(String(text.prefix(bytesMax / 4)))
            el("span", .class("muted")) { "\n… \(text.utf8.count) bytes in all" }
        }
    }
    guard let value = try? JSONParser.parse(text) else {
        return el("pre", .class("code")) { text }
    }
    return jsonView(value)
}

package func jsonView(_ value: JSONValue) -> HTML {
    el("pre", .class("code json")) { JSONLines.markup(value, indent: 0) }
}

enum JSONLines {
    /// As wide as a column of a page at least is.
    private static let widthMax = 64

    static func markup(_ value: JSONValue, indent: Int) -> HTML {
        switch value {
        case .object(let object):
            let members = object.map { name, value in
                el("span", .class("key")) { JSONValue.string(name).description } + HTML(": ")
                    + markup(value, indent: indent + 1)
            }
            return wrapped("{", members, "}", value, indent)
        case .array(let items):
            return wrapped("[", items.map { markup($0, indent: indent + 1) }, "]", value, indent)
        case .string: return el("span", .class("text")) { value.description }
        default: return el("span", .class("plain")) { value.description }
        }
    }

    private static func wrapped(
        _ open: String, _ parts: [HTML], _ close: String, _ value: JSONValue, _ indent: Int
    ) -> HTML {
        if parts.isEmpty { return HTML(open + close) }
        if value.description.count + indent * 2 <= widthMax {
            return HTML(open) + joined(parts, ", ") + HTML(close)
        }
        let line = "\n" + String(repeating: "  ", count: indent + 1)
        return HTML(open + line) + joined(parts, "," + line)
            + HTML("\n" + String(repeating: "  ", count: indent) + close)
    }

    private static func joined(_ parts: [HTML], _ separator: String) -> HTML {
        HTML(trusted: parts.map(\.markup).joined(separator: HTML(separator).markup))
    }
}
