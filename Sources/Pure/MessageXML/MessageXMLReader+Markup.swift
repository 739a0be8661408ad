/// Names, attributes, references, the declaration: what stands between `<` and `>`, and behind `&`.
extension MessageXMLReader {
    /// Moves past the text if it comes next.
    mutating func take(_ text: String) -> Bool {
        let bytes = bytes[index...]
        guard bytes.starts(with: text.utf8) else { return false }
        index += text.utf8.count
        return true
    }

    @discardableResult
    mutating func skipSpace() -> Bool {
        let start = index
        while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 }
        return index > start
    }

    mutating func name() throws(MessageXMLFault) -> ArraySlice<UInt8> {
        let start = index
        while index < bytes.count, Self.isNameByte(bytes[index], first: index == start) { index += 1 }
        guard index > start else { throw fault("expected a name") }
        guard index - start <= limits.nameBytesMax else {
            throw fault("a name has more than \(limits.nameBytesMax) bytes", at: start)
        }
        return bytes[start..<index]
    }

    /// Up to the `>`, `/` or `?` behind them; returns them for the declaration.
    @discardableResult
    mutating func attributes() throws(MessageXMLFault) -> [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        while skipSpace(), index < bytes.count, Self.isNameByte(bytes[index], first: true) {
            let start = index
            let attribute = try text(name())
            guard found.count < limits.attributesMax else {
                throw fault("an element has more than \(limits.attributesMax) attributes", at: start)
            }
            guard !found.contains(where: { $0.name == attribute }) else {
                throw fault("the attribute \(attribute) is given twice", at: start)
            }
            skipSpace()
            guard take("=") else { throw fault("expected '=' behind the attribute \(attribute)") }
            skipSpace()
            found.append((attribute, try attributeValue(of: attribute)))
        }
        return found
    }

    private mutating func attributeValue(of attribute: String) throws(MessageXMLFault) -> String {
        guard index < bytes.count, [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(bytes[index]) else {
            throw fault("the value of the attribute \(attribute) must be quoted")
        }
        let quote = bytes[index]
        index += 1
        let start = index
        while index < bytes.count, bytes[index] != quote {
            guard index - start < limits.attributeBytesMax else {
                throw fault(
                    "the attribute \(attribute) has more than \(limits.attributeBytesMax) bytes", at: start)
            }
            switch bytes[index] {
            case UInt8(ascii: "<"): throw fault("'<' within the attribute \(attribute)")
            case UInt8(ascii: "&"): _ = try reference()
            default: index += 1
            }
        }
        guard index < bytes.count else {
            throw fault("the attribute \(attribute) does not end", at: start)
        }
        defer { index += 1 }
        return text(bytes[start..<index])
    }

    /// One of the five entities, or a character by its number.
    mutating func reference() throws(MessageXMLFault) -> Unicode.Scalar {
        let start = index
        // The longest there is: &#x10FFFF; and some leading zeros.
        let end = bytes[index...].prefix(16).firstIndex(of: UInt8(ascii: ";"))
        guard let end else { throw fault("'&' begins no reference; write it \"&amp;\"") }
        let body = text(bytes[(index + 1)..<end])
        index = end + 1
        if let scalar = Self.entities[body] { return scalar }
        guard body.hasPrefix("#") else {
            throw fault("the entity &\(body); is not one of the five that XML has", at: start)
        }
        let isHex = body.hasPrefix("#x")
        let digits = body.dropFirst(isHex ? 2 : 1)
        // A sign would be read as part of the number.
        guard digits.utf8.first.map({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) == true,
            let number = UInt32(digits, radix: isHex ? 16 : 10), let scalar = Unicode.Scalar(number),
            Self.isAllowed(scalar)
        else { throw fault("&\(body); is no character of XML", at: start) }
        return scalar
    }

    /// `<?xml version="1.0" encoding="utf-8"?>`
    mutating func declaration() throws(MessageXMLFault) {
        let start = index
        index += "<?xml".utf8.count
        let found = try attributes()
        guard take("?>") else { throw fault("the declaration does not end in \"?>\"") }
        guard found.first?.name == "version", found.first?.value.hasPrefix("1.") == true else {
            throw fault("the declaration must begin with version=\"1.0\"", at: start)
        }
        for (name, value) in found.dropFirst() {
            switch name {
            case "encoding":
                guard ["utf-8", "utf8", "us-ascii"].contains(value.lowercased()) else {
                    throw fault("the encoding must be UTF-8, not \(value)", at: start)
                }
            case "standalone": continue
            default: throw fault("the declaration knows no \(name)", at: start)
            }
        }
    }

    func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    private static let entities: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'",
    ]
}
