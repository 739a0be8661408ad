import Primitives

/// A text that is looked for in others; ASCII letters are found in either case, all else as it stands.
package struct TextNeedle: Sendable, Hashable {
    package let text: String
    private let bytes: [UInt8]
    private let escaped: [UInt8]

    package init(_ text: String) {
        self.text = text
        bytes = text.utf8.map(Self.lowercased)
        var written: [UInt8] = []
        JSONWriter.write(text, into: &written)
        escaped = written[1..<written.count - 1].map(Self.lowercased)
    }

    /// Whether its form within a JSON text differs from its plain one.
    package var isEscaped: Bool { bytes != escaped }

    package func isIn(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { Self.found(bytes, in: UnsafeRawBufferPointer($0)) }
    }

    package func isIn(_ text: UnsafeRawBufferPointer) -> Bool { Self.found(bytes, in: text) }

    /// Whether it is within a JSON text, perhaps across names and values.
    package func isInJSON(_ text: UnsafeRawBufferPointer) -> Bool { Self.found(escaped, in: text) }

    package func isInJSON(_ text: [UInt8]) -> Bool {
        text.withUnsafeBytes { Self.found(escaped, in: $0) }
    }

    private static func found(_ needle: [UInt8], in text: UnsafeRawBufferPointer) -> Bool {
        guard let first = needle.first, text.count >= needle.count else { return needle.isEmpty }
        return needle.withUnsafeBufferPointer { needle in
            for start in 0...text.count - needle.count where lowercased(text[start]) == first {
                var length = 1
                while length < needle.count, lowercased(text[start + length]) == needle[length] {
                    length += 1
                }
                if length == needle.count { return true }
            }
            return false
        }
    }

    @inline(__always)
    private static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 32 : byte }
}
