import Primitives

/// What a scalar without quotes means: the core schema of YAML 1.2, so `yes`, `on` and times stay text.
enum PlainScalar {
    /// Nil for an integer that does not fit: it is refused, not rounded.
    static func value(of text: String) -> JSONValue? {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        guard let first = text.utf8.first, isNumberStart(first), text.utf8.count <= 400 else {
            return .string(text)
        }
        if isInteger(text) {
            return integer(text.hasPrefix("+") ? String(text.dropFirst()) : text, radix: 10)
        }
        if text.hasPrefix("0x"), text.dropFirst(2).allSatisfy(\.isHexDigit), text.utf8.count > 2 {
            return integer(String(text.dropFirst(2)), radix: 16)
        }
        if isDecimal(text), let number = Double(text), number.isFinite { return .number(number) }
        return .string(text)
    }

    private static func integer(_ text: String, radix: Int) -> JSONValue? {
        Int64(text, radix: radix).map(JSONValue.integer)
    }

    private static func isNumberStart(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isInteger(_ text: String) -> Bool {
        let digits = unsigned(text)
        return !digits.isEmpty && digits.allSatisfy(isDigit)
    }

    private static func unsigned(_ text: String) -> Substring.UTF8View {
        let signed = text.hasPrefix("-") || text.hasPrefix("+")
        return text.utf8.dropFirst(signed ? 1 : 0)
    }

    /// Digits with a point or an exponent or both, and at least one digit in front.
    private static func isDecimal(_ text: String) -> Bool {
        let parts = unsigned(text).split(maxSplits: 1, omittingEmptySubsequences: false) {
            $0 | 0x20 == UInt8(ascii: "e")
        }
        let places = parts[0].split(
            separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts[0].contains(where: isDigit), places.allSatisfy({ $0.allSatisfy(isDigit) }) else {
            return false
        }
        guard parts.count == 2 else { return true }
        let exponent =
            parts[1].first == UInt8(ascii: "-") || parts[1].first == UInt8(ascii: "+")
            ? parts[1].dropFirst() : parts[1]
        return !exponent.isEmpty && exponent.allSatisfy(isDigit)
    }
}
