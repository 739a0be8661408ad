/// Writes JSON: compact UTF-8, keys in byte order, nothing escaped that need not be.
package enum JSONWriter {
    /// Appends what is JSON already, such as the fixed parts of a document: a copy of memory and no more.
    package static func write(raw text: StaticString, into buffer: inout [UInt8]) {
        text.withUTF8Buffer { buffer.append(contentsOf: $0) }
    }

    package static func write(_ value: JSONValue, into buffer: inout [UInt8]) {
        switch value {
        case .null: write(raw: "null", into: &buffer)
        case .bool(let flag): write(raw: flag ? "true" : "false", into: &buffer)
        case .integer(let number): write(number, into: &buffer)
        case .number(let number):
            precondition(number.isFinite, "a JSON number is finite")
            buffer.append(contentsOf: number.description.utf8)
        case .string(let text): write(text, into: &buffer)
        case .array(let elements):
            buffer.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { buffer.append(UInt8(ascii: ",")) }
                write(element, into: &buffer)
            }
            buffer.append(UInt8(ascii: "]"))
        case .object(let object):
            buffer.append(UInt8(ascii: "{"))
            for index in object.places.indices {
                if index > 0 { buffer.append(UInt8(ascii: ",")) }
                write(object.places[index].key, into: &buffer)
                buffer.append(UInt8(ascii: ":"))
                write(object.places[index].value, into: &buffer)
            }
            buffer.append(UInt8(ascii: "}"))
        }
    }

    package static func write(_ number: Int64, into buffer: inout [UInt8]) {
        // The digits come last first; 20 hold the longest number.
        var digits: InlineArray<20, UInt8> = .init(repeating: 0)
        var first = digits.count
        var rest = number.magnitude
        repeat {
            first -= 1
            digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        if number < 0 { buffer.append(UInt8(ascii: "-")) }
        for index in first..<digits.count { buffer.append(digits[index]) }
    }

    package static func write(_ text: String, into buffer: inout [UInt8]) {
        buffer.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { bytes in
            guard bytes.contains(where: needsEscape) else { return buffer.append(contentsOf: bytes) }
            var clean = 0
            for index in bytes.indices where needsEscape(bytes[index]) {
                buffer.append(contentsOf: bytes[clean..<index])
                escape(bytes[index], into: &buffer)
                clean = index + 1
            }
            buffer.append(contentsOf: bytes[clean...])
        }
        buffer.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func escape(_ byte: UInt8, into buffer: inout [UInt8]) {
        buffer.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x0A: buffer.append(UInt8(ascii: "n"))
        case 0x0D: buffer.append(UInt8(ascii: "r"))
        case 0x09: buffer.append(UInt8(ascii: "t"))
        case 0..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            buffer.append(contentsOf: "u00".utf8)
            buffer.append(digits[Int(byte >> 4)])
            buffer.append(digits[Int(byte & 15)])
        default: buffer.append(byte)
        }
    }
}

extension JSONValue {
    /// Compact JSON text with keys in byte order.
    package var text: String { String(decoding: utf8Bytes, as: UTF8.self) }

    package var utf8Bytes: [UInt8] {
        var buffer: [UInt8] = []
        buffer.reserveCapacity(256)
        JSONWriter.write(self, into: &buffer)
        return buffer
    }

    /// Indented text for people, two blanks a level.
    package var prettyText: String { pretty(indent: 0) }

    private func pretty(indent: Int) -> String {
        let inner = String(repeating: "  ", count: indent + 1)
        let outer = String(repeating: "  ", count: indent)
        switch self {
        case .array(let elements) where !elements.isEmpty:
            return "[\n" + elements.map { inner + $0.pretty(indent: indent + 1) }.joined(separator: ",\n")
                + "\n\(outer)]"
        case .object(let object) where !object.isEmpty:
            let lines = object.map { key, value in
                "\(inner)\(JSONValue.string(key).text): \(value.pretty(indent: indent + 1))"
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
        default: return text
        }
    }
}
