/// A place whose path and query have names in braces, which each request fills:
/// `http://127.0.0.1:9000/run/{function}`.
package struct WebTemplate: Sendable, Hashable, CustomStringConvertible {
    private enum Part: Sendable, Hashable {
        case text(String)
        case name(String)
    }

    package let description: String
    /// The place with every name filled by a word: scheme, host and port are those of each request.
    package let location: WebLocation
    private let parts: [Part]

    /// Throws: one sentence.
    package init(_ text: String) throws(WebLocation.Fault) {
        var parts: [Part] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw WebLocation.Fault(description: "\"\(text.prefix(200))\" has a { without its }")
            }
            parts.append(.text(String(rest[..<open])))
            parts.append(.name(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        parts.append(.text(String(rest)))
        let host = text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(2)
            .first
        if host?.contains("{") == true {
            throw WebLocation.Fault(
                description: "\"\(text.prefix(200))\" has a { in the host; only path and query are filled")
        }
        location = try WebLocation(Self.fill(parts) { _ in "x" } ?? "")
        description = text
        self.parts = parts
    }

    /// The names in braces, in the order in which they stand there.
    package var names: [String] {
        parts.compactMap { if case .name(let name) = $0 { name } else { nil } }
    }

    /// Whether something follows the host other than a single slash.
    package var hasPath: Bool { !(location.path.isEmpty || location.path == "/") || location.query != nil }

    /// The URL with each name's value, percent-encoded; nil when a value is missing, empty, or would climb
    /// the path (`.` and `..`).
    package func url(_ value: (String) -> String?) -> String? {
        Self.fill(parts) { name in
            guard let text = value(name), !["", ".", ".."].contains(text) else { return nil }
            return PercentCoding.encode(text)
        }
    }

    private static func fill(_ parts: [Part], _ value: (String) -> String?) -> String? {
        var text = ""
        for part in parts {
            switch part {
            case .text(let plain): text += plain
            case .name(let name):
                guard let filled = value(name) else { return nil }
                text += filled
            }
        }
        return text
    }
}
