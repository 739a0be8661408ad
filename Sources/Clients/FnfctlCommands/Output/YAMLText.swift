import Primitives

/// Writes JSON values as YAML in block style, as people write it.
enum YAMLText {
    static func document(_ value: JSONValue) -> String {
        switch value {
        case .object(let object) where !object.isEmpty: mapping(object, indent: 0)
        case .array(let elements) where !elements.isEmpty: sequence(elements, indent: 0)
        default: scalar(value) + "\n"
        }
    }

    private static func mapping(_ object: JSONObject, indent: Int) -> String {
        object.map { key, value in
            blank(indent) + plain(key) + ":" + member(value, indent: indent)
        }.joined()
    }

    private static func sequence(_ elements: [JSONValue], indent: Int) -> String {
        elements.map { element in
            switch element {
            case .object(let object) where !object.isEmpty:
                // The first key stands behind the dash.
                blank(indent) + "- " + mapping(object, indent: indent + 2).dropFirst(indent + 2)
            case .array(let inner) where !inner.isEmpty:
                blank(indent) + "-\n" + sequence(inner, indent: indent + 2)
            default: blank(indent) + "-" + member(element, indent: indent)
            }
        }.joined()
    }

    private static func member(_ value: JSONValue, indent: Int) -> String {
        switch value {
        case .object(let object) where !object.isEmpty: "\n" + mapping(object, indent: indent + 2)
        case .array(let elements) where !elements.isEmpty: "\n" + sequence(elements, indent: indent + 2)
        case .string(let text) where isLiteral(text): literal(text, indent: indent + 2)
        default: " " + scalar(value) + "\n"
        }
    }

    private static func scalar(_ value: JSONValue) -> String {
        if case .string(let text) = value { return plain(text) }
        return value.text
    }

    /// Without quotes where no reader could take it for anything but this text; quoted as JSON otherwise.
    static func plain(_ text: String) -> String {
        let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        guard let first = text.utf8.first, isLetter(first) || first == UInt8(ascii: "_"),
            text.utf8.last != UInt8(ascii: " "),
            text.utf8.allSatisfy(isPlain), !reserved.contains(text.lowercased())
        else { return quoted(text) }
        return text
    }

    /// As JSON, with escapes for what YAML readers refuse to see as it is.
    private static func quoted(_ text: String) -> String {
        var escaped = ""
        for scalar in JSONValue.string(text).text.unicodeScalars {
            switch scalar.value {
            case 0x7F...0xA0: escaped += "\\x\(String(scalar.value, radix: 16))"
            case 0x2028, 0x2029, 0xFEFF: escaped += "\\u\(String(scalar.value, radix: 16))"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || "_-./ ".utf8.contains(byte)
    }

    /// Several lines that can stand as they are: a definition stays readable.
    private static func isLiteral(_ text: String) -> Bool {
        guard text.utf8.contains(UInt8(ascii: "\n")), let first = text.first, first != " ", first != "\n",
            !text.hasSuffix("\n\n")
        else { return false }
        return text.unicodeScalars.allSatisfy {
            $0 == "\n" || ($0.value >= 0x20 && $0.value < 0x7F)
                || $0.value > 0xA0 && $0 != "\u{2028}" && $0 != "\u{2029}" && $0 != "\u{FEFF}"
        }
    }

    private static func literal(_ text: String, indent: Int) -> String {
        let isEnded = text.hasSuffix("\n")
        let body = isEnded ? text.dropLast() : text[...]
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
        return " |\(isEnded ? "" : "-")\n"
            + lines.map { $0.isEmpty ? "\n" : blank(indent) + $0 + "\n" }.joined()
    }

    private static func blank(_ count: Int) -> String { String(repeating: " ", count: count) }
}
