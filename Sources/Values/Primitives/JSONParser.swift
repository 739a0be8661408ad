/// Why a text is not JSON, and at which byte (from 0).
package struct JSONFault: Error, Hashable, CustomStringConvertible {
    package let reason: String
    package let offset: Int

    package var description: String { "\(reason) at byte \(offset)" }
}

/// Reads one JSON document (RFC 8259) from UTF-8 bytes.
///
/// Stricter than the RFC where silence would lose something: duplicate keys, integers beyond Int64, numbers
/// beyond Double, lone surrogates, bytes that are not UTF-8 and nesting beyond `depthMax` are refused, never
/// rounded or repaired.
package struct JSONParser {
    /// 128 levels: deeper documents are attacks or mistakes, and each level costs stack. Source: wire
    /// protocol, "Frame".
    package static let depthMax = 128

    private let bytes: UnsafeBufferPointer<UInt8>
    private let depthMax: Int
    private var index = 0
    private var depth = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>, depthMax: Int) {
        self.bytes = bytes
        self.depthMax = depthMax
    }

    package static func parse(
        _ bytes: UnsafeBufferPointer<UInt8>, depthMax: Int = JSONParser.depthMax
    ) throws(JSONFault) -> JSONValue {
        var parser = JSONParser(bytes, depthMax: depthMax)
        parser.skipBlanks()
        let value = try parser.value()
        parser.skipBlanks()
        guard parser.index == bytes.count else { throw parser.fault("unexpected text after the document") }
        return value
    }

    package static func parse(_ bytes: [UInt8], depthMax: Int = JSONParser.depthMax) throws(JSONFault)
        -> JSONValue
    {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONFault) in
            try parse(buffer, depthMax: depthMax)
        }
    }

    package static func parse(_ text: String, depthMax: Int = JSONParser.depthMax) throws(JSONFault)
        -> JSONValue
    {
        var text = text
        text.makeContiguousUTF8()
        let result: Result<JSONValue, JSONFault>? = text.utf8.withContiguousStorageIfAvailable { buffer in
            do throws(JSONFault) { return .success(try parse(buffer, depthMax: depthMax)) } catch {
                return .failure(error)
            }
        }
        guard let result else { throw JSONFault(reason: "the text has no contiguous bytes", offset: 0) }
        return try result.get()
    }

    private func fault(_ reason: String) -> JSONFault { JSONFault(reason: reason, offset: index) }

    private mutating func skipBlanks() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return
            }
        }
    }

    private mutating func value() throws(JSONFault) -> JSONValue {
        guard index < bytes.count else { throw fault("the document ends where a value was expected") }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw fault("unexpected character")
        }
    }

    private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONFault) -> JSONValue {
        let matches = word.withUTF8Buffer { expected in
            index + expected.count <= bytes.count
                && bytes[index..<index + expected.count].elementsEqual(expected)
        }
        guard matches else { throw fault("unexpected word") }
        index += word.utf8CodeUnitCount
        return value
    }

    private mutating func enter() throws(JSONFault) {
        depth += 1
        guard depth <= depthMax else { throw fault("nested deeper than \(depthMax) levels") }
        index += 1
        skipBlanks()
    }

    private mutating func array() throws(JSONFault) -> JSONValue {
        try enter()
        defer { depth -= 1 }
        var elements: [JSONValue] = []
        if try accept(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try value())
            skipBlanks()
            if try accept(UInt8(ascii: "]")) { return .array(elements) }
            try expect(UInt8(ascii: ","), "expected ',' or ']'")
            skipBlanks()
        }
    }

    private mutating func object() throws(JSONFault) -> JSONValue {
        let start = index
        try enter()
        defer { depth -= 1 }
        if try accept(UInt8(ascii: "}")) { return .object(JSONObject()) }
        var members: [JSONObject.Place] = []
        while true {
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
                throw fault("expected a key in quotes")
            }
            let key = try string()
            skipBlanks()
            try expect(UInt8(ascii: ":"), "expected ':'")
            skipBlanks()
            members.append(JSONObject.Place(key: key, value: try value()))
            skipBlanks()
            if try accept(UInt8(ascii: "}")) { break }
            try expect(UInt8(ascii: ","), "expected ',' or '}'")
            skipBlanks()
        }
        do { return .object(try JSONObject(parsed: members)) } catch {
            throw JSONFault(reason: "the key \"\(error.key)\" stands twice in the object", offset: start)
        }
    }

    private mutating func accept(_ byte: UInt8) throws(JSONFault) -> Bool {
        guard index < bytes.count else { throw fault("the document ends too early") }
        guard bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ byte: UInt8, _ reason: String) throws(JSONFault) {
        guard try accept(byte) else { throw fault(reason) }
    }

    private mutating func number() throws(JSONFault) -> JSONValue {
        let start = index
        let negative = bytes[index] == UInt8(ascii: "-")
        if negative { index += 1 }
        var magnitude: UInt64 = 0
        var overflow = false
        let digitsStart = index
        while index < bytes.count, case let digit = bytes[index] &- UInt8(ascii: "0"), digit < 10 {
            let (product, lost) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            overflow = overflow || lost || carry
            magnitude = sum
            index += 1
        }
        guard index > digitsStart else { throw fault("expected a digit") }
        guard bytes[digitsStart] != UInt8(ascii: "0") || index == digitsStart + 1 else {
            throw JSONFault(reason: "a number may not begin with 0", offset: start)
        }
        if index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): return try fraction(from: start)
            default: break
            }
        }
        let limit: UInt64 = negative ? UInt64(Int64.max) + 1 : UInt64(Int64.max)
        guard !overflow, magnitude <= limit else {
            throw JSONFault(
                reason: "the integer does not fit into 64 bits; send it as a string", offset: start)
        }
        return .integer(negative ? Int64(truncatingIfNeeded: 0 &- magnitude) : Int64(magnitude))
    }

    private mutating func fraction(from start: Int) throws(JSONFault) -> JSONValue {
        if bytes[index] == UInt8(ascii: ".") {
            index += 1
            try digits()
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
                index += 1
            }
            try digits()
        }
        guard let value = Double(String(decoding: bytes[start..<index], as: UTF8.self)), value.isFinite else {
            throw JSONFault(reason: "the number is too large", offset: start)
        }
        return .number(value)
    }

    private mutating func digits() throws(JSONFault) {
        let start = index
        while index < bytes.count, bytes[index] &- UInt8(ascii: "0") < 10 { index += 1 }
        guard index > start else { throw fault("expected a digit") }
    }

    private mutating func string() throws(JSONFault) -> String {
        index += 1
        let start = index
        // The high bit is set when any byte is beyond ASCII; what is all ASCII need not be validated.
        var seen: UInt8 = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                let slice = UnsafeBufferPointer(rebasing: bytes[start..<index])
                index += 1
                return seen < 0x80 ? String(decoding: slice, as: UTF8.self) : try validated(slice, at: start)
            case UInt8(ascii: "\\"): return try escapedString(from: start)
            case 0..<0x20: throw fault("control character in a string; write it as \\u00XX")
            default:
                seen |= byte
                index += 1
            }
        }
        throw fault("the string does not end")
    }

    private func validated(
        _ bytes: UnsafeBufferPointer<UInt8>, at start: Int
    ) throws(JSONFault) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw JSONFault(reason: "the string is not UTF-8", offset: start)
        }
        return text
    }

    /// Copies what stands between the escapes in one piece each.
    private mutating func escapedString(from start: Int) throws(JSONFault) -> String {
        var buffer = [UInt8](bytes[start..<index])
        var seen: UInt8 = buffer.reduce(0, |)
        var clean = index
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                buffer.append(contentsOf: bytes[clean..<index])
                index += 1
                return try text(of: buffer, isASCII: seen < 0x80, at: start)
            case UInt8(ascii: "\\"):
                buffer.append(contentsOf: bytes[clean..<index])
                let length = buffer.count
                try escape(into: &buffer)
                seen |= buffer[length...].reduce(0, |)
                clean = index
            case 0..<0x20: throw fault("control character in a string; write it as \\u00XX")
            default:
                seen |= byte
                index += 1
            }
        }
        throw fault("the string does not end")
    }

    private func text(of buffer: [UInt8], isASCII: Bool, at start: Int) throws(JSONFault) -> String {
        if isASCII { return String(decoding: buffer, as: UTF8.self) }
        guard let text = String(validating: buffer, as: UTF8.self) else {
            throw JSONFault(reason: "the string is not UTF-8", offset: start)
        }
        return text
    }

    private mutating func escape(into buffer: inout [UInt8]) throws(JSONFault) {
        guard index + 1 < bytes.count else { throw fault("the string does not end") }
        let code = bytes[index + 1]
        index += 2
        switch code {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(code)
        case UInt8(ascii: "b"): buffer.append(0x08)
        case UInt8(ascii: "f"): buffer.append(0x0C)
        case UInt8(ascii: "n"): buffer.append(0x0A)
        case UInt8(ascii: "r"): buffer.append(0x0D)
        case UInt8(ascii: "t"): buffer.append(0x09)
        case UInt8(ascii: "u"): buffer.append(contentsOf: Character(try scalar()).utf8)
        default: throw fault("unknown escape in a string")
        }
    }

    private mutating func scalar() throws(JSONFault) -> Unicode.Scalar {
        let first = try hex()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
            bytes[index + 1] == UInt8(ascii: "u")
        else { throw fault("half a surrogate pair in a string") }
        index += 2
        let second = try hex()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { throw fault("half a surrogate pair in a string") }
        return scalar
    }

    private mutating func hex() throws(JSONFault) -> UInt32 {
        guard index + 4 <= bytes.count else { throw fault("the string does not end") }
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else {
                throw fault("expected four hexadecimal digits")
            }
            code = code << 4 | UInt32(digit)
            index += 1
        }
        return code
    }
}
