/// Why a path or a condition cannot be read, and where in its text.
package struct ExpressionFault: Error, Hashable, CustomStringConvertible {
    package let reason: String
    /// Units: characters from the start of the text, from 0.
    package let offset: Int

    package init(reason: String, offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    package var description: String { "\(reason) at character \(offset + 1)" }
}
