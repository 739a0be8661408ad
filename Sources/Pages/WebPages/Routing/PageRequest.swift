package import HTTPMessage
package import Primitives

/// What a page is asked.
package struct PageRequest: Sendable {
    package let head: WebHead
    /// The parts of the path that the route names.
    package let path: [String: String]
    package let query: FormParameters
    /// Of a POST; its token was checked.
    package let form: FormParameters
    package let visitor: Visitor
    package let language: Language
    package let now: Timestamp

    package init(
        head: WebHead, path: [String: String] = [:], query: FormParameters = FormParameters(),
        form: FormParameters = FormParameters(), visitor: Visitor, language: Language = .english,
        now: Timestamp
    ) {
        self.head = head
        self.path = path
        self.query = query
        self.form = form
        self.visitor = visitor
        self.language = language
        self.now = now
    }

    /// A part of the path; the route names it, so it is there.
    package subscript(name: String) -> String { path[name] ?? "" }

    /// A text of the form without white space around it; empty when it is missing.
    package func field(_ name: String) -> String { Self.trimmed(form[name]) }

    /// The same of the query.
    package func asked(_ name: String) -> String { Self.trimmed(query[name]) }

    private static func trimmed(_ text: String?) -> String {
        guard let text else { return "" }
        let from = text.drop(while: \.isWhitespace)
        return String(from.reversed().drop(while: \.isWhitespace).reversed())
    }
}
