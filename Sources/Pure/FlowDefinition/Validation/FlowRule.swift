import FlowModel

/// Something that is legal in a definition and still wrong.
package protocol FlowRule: Sendable {
    /// Stable, for tools.
    static var code: String { get }
    /// A sentence for catalogues of rules.
    static var summary: String { get }
    /// False when the rule looks at one step at a time, and so also serves a definition with errors
    /// elsewhere.
    static var needsWholeFlow: Bool { get }

    static func check(_ flow: ExaminedFlow, _ findings: inout Findings)
}

/// What the rules found.
package struct Findings: Sendable {
    /// Beyond these nobody reads on.
    static let countMax = 500

    private(set) var diagnostics: [Diagnostic] = []

    var isFull: Bool { diagnostics.count >= Self.countMax }

    /// - Parameter site: the step the finding belongs to; nil: the flow itself.
    mutating func warn(
        _ rule: any FlowRule.Type, _ message: String, at location: SourceLocation, in site: StepSite?,
        fix: String
    ) {
        guard !isFull else { return }
        diagnostics.append(
            Diagnostic(
                severity: .warning, code: rule.code, message: message, fix: fix, line: location.line,
                column: location.column, stepPath: site?.path ?? ""))
    }
}
