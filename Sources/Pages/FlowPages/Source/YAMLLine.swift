import HTMLMarkup

/// A line of YAML in colours: its key, its value, its comment. Of a text that is not YAML, or YAML of an
/// unusual form, only the colours are wrong.
enum YAMLLine {
    static func markup(_ line: Substring) -> HTML {
        let start = line.firstIndex { $0 != " " && $0 != "-" } ?? line.endIndex
        let rest = line[start...]
        if rest.first == "#" {
            return HTML(line[..<start]) + el("span", .class("remark-text")) { String(rest) }
        }
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "." }
        let behind = rest[name.endIndex...]
        guard !name.isEmpty, behind.first == ":", behind.dropFirst().first.map({ $0 == " " }) ?? true else {
            return HTML(line[..<start]) + value(rest)
        }
        return HTML(line[..<start]) + el("span", .class("key")) { String(name) } + HTML(":")
            + value(behind.dropFirst())
    }

    private static func value(_ text: Substring) -> HTML {
        guard let first = text.first(where: { $0 != " " }) else { return HTML(text) }
        switch first {
        case "$": return el("span", .class("path")) { String(text) }
        case "\"", "'": return el("span", .class("text")) { String(text) }
        case "#" where text.first == " ": return el("span", .class("remark-text")) { String(text) }
        default: return HTML(text)
        }
    }
}
