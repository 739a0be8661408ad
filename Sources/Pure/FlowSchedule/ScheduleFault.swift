/// Why a schedule's expression is refused: which part, what stands there, what is wrong with it, what to
/// write instead.
package struct ScheduleFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The part in words, e.g. `hours` or `time zone`.
    package let field: String
    package let text: String
    package let reason: String
    package let fix: String

    package init(_ field: String, _ text: String, _ reason: String, fix: String) {
        self.field = field
        self.text = text
        self.reason = reason
        self.fix = fix
    }

    package var description: String { "\(field) \"\(text)\": \(reason); \(fix)" }
}
