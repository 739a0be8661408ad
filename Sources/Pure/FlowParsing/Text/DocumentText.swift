/// Makes of a text what the YAML library reads: without a byte order mark, and without what only JSON has.
enum DocumentText {
    static func readable(_ text: String) -> String {
        var scalars = Substring(text).unicodeScalars
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        guard scalars.first(where: { !$0.properties.isWhitespace }) == "{" else { return String(scalars) }
        return withoutSurrogates(String(scalars))
    }

    /// `\ud83d\ude00`, two halves of one character, becomes `\U0001F600`.
    private static func withoutSurrogates(_ text: String) -> String {
        text.replacing(/\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})/) { match in
            guard let high = UInt32(match.1, radix: 16), let low = UInt32(match.2, radix: 16) else {
                return String(match.0)
            }
            let value = 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
            let digits = String(value, radix: 16)
            return "\\U" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
        }
    }
}
