import HTTPMessage

/// The path of a route, whose parts in braces each stand for one part of a path:
/// `/console/executions/{flow}/{execution}`.
struct PathPattern: Sendable {
    private enum Part: Sendable {
        case text(Substring)
        case name(String)
    }

    private let parts: [Part]

    init(_ text: String) {
        parts = Self.split(text).map { part in
            part.hasPrefix("{") && part.hasSuffix("}")
                ? .name(String(part.dropFirst().dropLast())) : .text(part)
        }
    }

    /// How many parts are written out: of two patterns that fit, the one with more of them is meant.
    var fixedCount: Int { parts.count { if case .text = $0 { true } else { false } } }

    /// The values of the names, decoded; nil when the path is another one.
    func values(in path: [Substring]) -> [String: String]? {
        guard path.count == parts.count else { return nil }
        var values: [String: String] = [:]
        for (part, given) in zip(parts, path) {
            switch part {
            case .text(let text): if text != given { return nil }
            case .name(let name):
                guard let value = PercentCoding.decode(given, plusIsSpace: false), !value.isEmpty else {
                    return nil
                }
                values[name] = value
            }
        }
        return values
    }

    static func split(_ path: String) -> [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { $0 }
    }
}
