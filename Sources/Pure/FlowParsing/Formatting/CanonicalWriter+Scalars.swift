import Primitives

extension CanonicalWriter {
    /// Without quotes if it is a word that no reader takes for anything else.
    static func key(_ key: WrittenKey) -> String {
        if key.isPlain, !key.text.isEmpty { return key.text }
        let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        let isWord =
            !reserved.contains(key.text.lowercased())
            && key.text.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_\-]*/) != nil
        return isWord ? key.text : quoted(key.text)
    }

    /// In double quotes; in single ones when that saves escapes.
    static func quoted(_ text: String) -> String {
        let isPrintable = text.unicodeScalars.allSatisfy(isPrintable)
        if text.contains("\"") || text.contains("\\"), isPrintable {
            return "'" + text.replacing("'", with: "''") + "'"
        }
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

    /// What was folded over lines and is one line: plain when it looks like prose.
    static func quotedOrPlain(_ text: String) -> String {
        let isProse = text.wholeMatch(of: /[A-Za-z][A-Za-z0-9_,.;()\/ \-]*[A-Za-z0-9_.;)]/) != nil
        guard isProse, !text.contains("\n"), PlainScalar.value(of: text) == .string(text) else {
            return quoted(text)
        }
        return text
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20..<0x7F: true
        case 0..<0x20, 0x7F...0xA0, 0x2028, 0x2029, 0xFEFF: false
        default: true
        }
    }

    /// True when the text can stand behind `|` as it is.
    static func isLiteral(_ text: String) -> Bool {
        guard let first = text.first, first != " ", first != "\n", !text.hasSuffix("\n\n") else {
            return false
        }
        return text.unicodeScalars.allSatisfy { $0 == "\n" || isPrintable($0) }
    }

    static func literal(_ text: String, _ indent: Int, _ trailing: String) -> String {
        let isEnded = text.hasSuffix("\n")
        let lines = (isEnded ? text.dropLast() : text[...]).split(
            separator: "\n", omittingEmptySubsequences: false)
        let margin = String(repeating: " ", count: indent)
        return (isEnded ? "|" : "|-") + trailing
            + lines.map { $0.isEmpty ? "\n" : "\(margin)\($0)\n" }.joined()
    }
}
