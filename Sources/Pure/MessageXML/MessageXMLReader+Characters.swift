/// Which bytes may stand where. Source: XML 1.0, Char and Name.
extension MessageXMLReader {
    /// Finds bytes that are no UTF-8 and characters that XML forbids, before anything else is read.
    func checkCharacters() throws(MessageXMLFault) {
        var offset = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte < 0x80 {
                guard byte >= 0x20 || Self.isSpace(byte) else {
                    throw fault("the control character \(byte) is not allowed", at: offset)
                }
                offset += 1
                continue
            }
            var rest = bytes[offset...].prefix(4).makeIterator()
            var parser = Unicode.UTF8.ForwardParser()
            guard case .valid(let encoded) = parser.parseScalar(from: &rest) else {
                throw fault("the bytes are no UTF-8", at: offset)
            }
            let scalar = Unicode.UTF8.decode(encoded)
            guard Self.isAllowed(scalar) else {
                throw fault("the character U+\(String(scalar.value, radix: 16)) is not allowed", at: offset)
            }
            offset += encoded.count
        }
    }

    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: true
        case 0..<0x20, 0xFFFE, 0xFFFF: false
        default: true
        }
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    /// Every character beyond ASCII passes: nothing depends on which of them are letters.
    static func isNameByte(_ byte: UInt8, first: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "_"), 0x80...:
            true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: ":"):
            !first
        default: false
        }
    }
}
