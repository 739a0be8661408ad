/// Why bytes are no document of the message service, and where.
package struct MessageXMLFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// Counted from 1.
    package let line: Int
    /// Units: bytes of the line, counted from 1.
    package let column: Int
    package let reason: String

    /// - Parameter offset: where in the document. Units: bytes.
    init(_ reason: String, at offset: Int, in bytes: [UInt8]) {
        self.reason = reason
        let before = bytes.prefix(offset)
        line = 1 + before.count { $0 == UInt8(ascii: "\n") }
        column = 1 + before.count - (before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0)
    }

    package var description: String { "line \(line), column \(column): \(reason)" }
}
