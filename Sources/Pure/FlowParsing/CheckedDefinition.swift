package import FlowDefinition
package import FlowModel

/// A definition's text and what parser and validator say of it.
package struct CheckedDefinition: Sendable {
    package let text: String
    /// Nil when there is an error.
    package let definition: FlowDefinition?
    package let diagnostics: [Diagnostic]

    /// - Parameter bytesJudged: a longer text is read only; the validator looks at every way through a flow,
    ///   which takes its time.
    package init(_ text: String, limits: FlowLimits = .standard, bytesJudged: Int = .max) {
        self.text = text
        (definition, diagnostics) =
            text.utf8.count <= bytesJudged
            ? FlowParser.validate(text, limits: limits) : FlowParser.parse(text, limits: limits)
    }

    package var errorCount: Int { diagnostics.count { $0.severity == .error } }
    package var warningCount: Int { diagnostics.count - errorCount }
    package var isValid: Bool { definition != nil && errorCount == 0 }

    /// `valid, 7 steps`, `2 errors, 1 warning`
    package var verdict: String {
        var parts: [String] = []
        if errorCount > 0 { parts.append(Self.count(errorCount, "error")) }
        if warningCount > 0 { parts.append(Self.count(warningCount, "warning")) }
        if let definition, errorCount == 0 {
            parts.insert("valid, \(Self.count(definition.allSteps.count, "step"))", at: 0)
        }
        return parts.isEmpty ? "invalid" : parts.joined(separator: ", ")
    }

    package static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
