/// A text as lines of scalars, line breaks made one kind, without a byte order mark.
struct PlainLines {
    let text: String
    let lines: [[Unicode.Scalar]]

    init(_ text: String) {
        var plain = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        if plain.unicodeScalars.first == "\u{FEFF}" { plain = String(plain.unicodeScalars.dropFirst()) }
        self.text = plain
        lines = plain.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    }

    /// - Parameters: from 1, as marks count.
    subscript(line: Int, column: Int) -> Unicode.Scalar? {
        guard lines.indices.contains(line - 1), column >= 1, column <= lines[line - 1].count else {
            return nil
        }
        return lines[line - 1][column - 1]
    }

    static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }

    static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
