/// Hides aliases (`*name`) from the YAML library, which would write them out at once: a kilobyte of nested
/// aliases makes billions of nodes, or a nesting that no stack holds. They are resolved here instead, under
/// our own limits.
///
/// Each `*` that may begin an alias is replaced by a character of the private use area. Where it turns out to
/// stand inside a text, `restored` puts it back.
struct AliasMarker {
    let text: String
    private let marker: Unicode.Scalar

    init(_ source: String) {
        let used = Set(source.unicodeScalars.filter { (0xE000...0xE0FF).contains($0.value) })
        let candidates = (0xE000...0xE0FF).lazy.compactMap { Unicode.Scalar($0 as UInt32) }
        marker = candidates.first { !used.contains($0) } ?? "\u{E000}"
        guard source.utf8.contains(UInt8(ascii: "*")) else {
            text = source
            return
        }
        var result = String.UnicodeScalarView()
        let scalars = Array(source.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            let begins =
                scalar == "*" && (index == 0 || Self.precedesAlias(scalars[index - 1]))
                && index + 1 < scalars.count && Self.isNameCharacter(scalars[index + 1])
            result.append(begins ? marker : scalar)
        }
        text = String(result)
    }

    private static func precedesAlias(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "\t", "\n", "\r", "[", "{", ",": true
        default: false
        }
    }

    private static func isNameCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
        default: false
        }
    }

    /// The name of the alias that a plain scalar is; nil when it is none.
    func aliasName(of plain: String) -> String? {
        plain.unicodeScalars.first == marker ? String(plain.unicodeScalars.dropFirst()) : nil
    }

    func restored(_ scalar: String) -> String {
        guard scalar.unicodeScalars.contains(marker) else { return scalar }
        var result = String.UnicodeScalarView()
        for character in scalar.unicodeScalars { result.append(character == marker ? "*" : character) }
        return String(result)
    }
}
