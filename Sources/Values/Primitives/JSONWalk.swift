/// Walks over the members of a JSON object without making values of them. It looks at no more than it needs
/// to find its way: a document that it can walk over may be none.
package struct JSONWalk {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    private var isFirst = true

    package init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipBlanks() {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func accept(_ wanted: UInt8) -> Bool {
        skipBlanks()
        guard byte == wanted else { return false }
        index += 1
        return true
    }

    package mutating func enterObject() -> Bool { accept(UInt8(ascii: "{")) }

    /// The next key; its value is to be walked over next. Nil: there is none, or it has escapes.
    package mutating func key() -> UnsafeBufferPointer<UInt8>? {
        guard isFirst || accept(UInt8(ascii: ",")) else { return nil }
        isFirst = false
        guard let key = plainText(), accept(UInt8(ascii: ":")) else { return nil }
        return key
    }

    /// A text without escapes, as it lies there; nil, and nothing is walked over, when something else comes.
    package mutating func plainText() -> UnsafeBufferPointer<UInt8>? {
        skipBlanks()
        guard byte == UInt8(ascii: "\"") else { return nil }
        var end = index + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            guard bytes[end] != UInt8(ascii: "\\") else { return nil }
            end += 1
        }
        guard end < bytes.count else { return nil }
        defer { index = end + 1 }
        return UnsafeBufferPointer(rebasing: bytes[index + 1..<end])
    }

    /// A whole number of at most 18 digits; nil, and nothing is walked over, when something else comes.
    package mutating func integer() -> Int64? {
        skipBlanks()
        var end = index
        let isNegative = byte == UInt8(ascii: "-")
        if isNegative { end += 1 }
        let first = end
        var value: Int64 = 0
        while end < bytes.count, case let digit = bytes[end] &- UInt8(ascii: "0"), digit < 10 {
            guard end - first < 18 else { return nil }
            value = value * 10 + Int64(digit)
            end += 1
        }
        guard end > first, end == bytes.count || !Self.goesOn(bytes[end]) else { return nil }
        guard bytes[first] != UInt8(ascii: "0") || end == first + 1 else { return nil }
        index = end
        return isNegative ? -value : value
    }

    private static func goesOn(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e")
    }

    /// False: the document ends within it.
    package mutating func skipValue() -> Bool {
        skipBlanks()
        var depth = 0
        while let byte {
            switch byte {
            case UInt8(ascii: "\""):
                guard skipText() else { return false }
                if depth == 0 { return true }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                // Of the object around it: a number or a word has ended before.
                if depth == 0 { return true }
                depth -= 1
                if depth == 0 {
                    index += 1
                    return true
                }
            case UInt8(ascii: ","): if depth == 0 { return true }
            default: break
            }
            index += 1
        }
        return false
    }

    private mutating func skipText() -> Bool {
        index += 1
        while let byte {
            index += byte == UInt8(ascii: "\\") ? 2 : 1
            if byte == UInt8(ascii: "\"") { return true }
        }
        return false
    }
}
