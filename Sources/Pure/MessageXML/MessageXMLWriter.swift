struct MessageXMLWriter {
    private(set) var bytes: [UInt8] = []

    mutating func document(_ root: MessageElement) {
        add("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
        element(root, attributes: " xmlns=\"\(MessageXML.namespace)\"")
    }

    private mutating func element(_ element: MessageElement, attributes: String = "") {
        add("<\(element.name)\(attributes)>")
        escape(element.text)
        for child in element.children { self.element(child) }
        add("</\(element.name)>")
    }

    private mutating func add(_ text: String) { bytes += text.utf8 }

    private mutating func escape(_ text: String) {
        var text = text
        text.withUTF8 { source in
            bytes.reserveCapacity(bytes.count + source.count)
            var index = 0
            while index < source.count {
                let byte = source[index]
                switch byte {
                case UInt8(ascii: "&"): bytes += "&amp;".utf8
                case UInt8(ascii: "<"): bytes += "&lt;".utf8
                case UInt8(ascii: ">"): bytes += "&gt;".utf8
                case UInt8(ascii: "\""): bytes += "&quot;".utf8
                // As it is, a reader makes a line feed of it.
                case UInt8(ascii: "\r"): bytes += "&#13;".utf8
                case UInt8(ascii: "\t"), UInt8(ascii: "\n"): bytes.append(byte)
                case 0..<0x20: bytes += Self.replacement
                case 0xEF where Self.isForbidden(source[index...]):
                    bytes += Self.replacement
                    index += 2
                default: bytes.append(byte)
                }
                index += 1
            }
        }
    }

    /// U+FFFE and U+FFFF.
    private static func isForbidden(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let (second, third) = (rest.startIndex + 1, rest.startIndex + 2)
        return third < rest.endIndex && rest[second] == 0xBF && rest[third] >= 0xBE
    }

    private static let replacement = Array("\u{FFFD}".utf8)
}
