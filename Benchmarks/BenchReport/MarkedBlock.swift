/// A part of a text that a program writes, between two lines that stay.
package struct MarkedBlock {
    package let name: String

    package init(_ name: String) { self.name = name }

    private var begin: String { "<!-- \(name): written by the bench, not by hand -->" }
    private var end: String { "<!-- end of \(name) -->" }

    /// The text with the block's content replaced; nil when it has no such block.
    package func replaced(in text: String, by content: String) -> String? {
        guard let start = text.firstRange(of: begin),
            let stop = text[start.upperBound...].firstRange(of: end)
        else { return nil }
        return text[..<start.upperBound] + "\n\n\(content)\n\n" + text[stop.lowerBound...]
    }

    /// What a text must hold for the block to be found.
    package var empty: String { "\(begin)\n\(end)" }
}
