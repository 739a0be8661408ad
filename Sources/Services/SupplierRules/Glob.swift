/// A pattern over text: `*` stands for any text, `?` for one character; all else for itself, upper and lower
/// case apart.
package struct Glob: Sendable, Hashable {
    package let pattern: String

    /// Most patterns are a name or everything: neither needs a look at each character.
    private enum Kind: Hashable {
        case anything, name, pattern
    }

    private let kind: Kind

    package init(_ pattern: String) {
        self.pattern = pattern
        kind = pattern == "*" ? .anything : pattern.contains { "*?".contains($0) } ? .pattern : .name
    }

    func matches(_ text: String) -> Bool {
        switch kind {
        case .anything: true
        case .name: pattern == text
        case .pattern: matchesByCharacter(text)
        }
    }

    private func matchesByCharacter(_ text: String) -> Bool {
        let (pattern, text) = (Array(pattern), Array(text))
        var (patternIndex, textIndex) = (0, 0)
        var star: (pattern: Int, text: Int)?
        while textIndex < text.count {
            if patternIndex < pattern.count, pattern[patternIndex] == "*" {
                star = (patternIndex, textIndex)
                patternIndex += 1
            } else if patternIndex < pattern.count,
                pattern[patternIndex] == "?" || pattern[patternIndex] == text[textIndex]
            {
                patternIndex += 1
                textIndex += 1
            } else if let last = star {
                // The last star takes one character more.
                star = (last.pattern, last.text + 1)
                patternIndex = last.pattern + 1
                textIndex = last.text + 1
            } else {
                return false
            }
        }
        return pattern[patternIndex...].allSatisfy { $0 == "*" }
    }
}
