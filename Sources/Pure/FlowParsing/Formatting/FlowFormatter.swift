import FlowDefinition
package import FlowModel
import Primitives

/// Writes a definition in its canonical form: block style by two blanks, order and comments as they were.
package enum FlowFormatter {
    /// Throws: the definition's faults, or why the canonical form would not say the same.
    package static func format(
        _ text: String, limits: FlowLimits = .standard
    ) throws(FormattingRefused) -> String {
        let (definition, diagnostics) = FlowParser.parse(text, limits: limits)
        guard definition != nil else { throw .invalid(diagnostics) }
        let source = PlainLines(text)
        let document: WrittenDocument
        do { document = try WrittenDocument(source) } catch {
            guard let json = json(text) else { throw .unfaithful(error.reason) }
            document = WrittenDocument(json: json)
        }
        let formatted = CanonicalWriter(document).text
        try check(formatted, says: text, document.remarks, limits)
        return formatted
    }

    /// The canonical form is read back: the same values, and every comment still there.
    private static func check(
        _ formatted: String, says text: String, _ remarks: Remarks, _ limits: FlowLimits
    ) throws(FormattingRefused) {
        do throws(DocumentFault) {
            let before = try DocumentReader.read(text, limits: limits)
            let after = try DocumentReader.read(formatted, limits: limits)
            guard before.json == after.json else { throw FormattingRefused.differs }
            let kept = try WrittenDocument(PlainLines(formatted)).remarks.comments
            guard kept.sorted() == remarks.comments.sorted() else { throw FormattingRefused.differs }
        } catch {
            throw .unfaithful(error.reason)
        }
    }

    /// A text in JSON that uses what YAML does not have.
    private static func json(_ text: String) -> JSONValue? {
        guard text.unicodeScalars.first(where: { !$0.properties.isWhitespace }) == "{" else { return nil }
        return try? JSONParser.parse(text)
    }
}

/// Why a definition was left as it is.
package enum FormattingRefused: Error, Sendable, Equatable {
    /// It has errors; they are among these.
    case invalid([Diagnostic])
    /// The text uses something of YAML that has no canonical form here.
    case unfaithful(String)

    static var differs: DocumentFault {
        DocumentFault(
            code: "unfaithful", reason: "the canonical form would not keep every value and comment",
            location: .none)
    }
}
