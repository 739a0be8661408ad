extension String {
    /// Without control characters: text of a peer or a file must not command the terminal.
    ///
    /// - Parameter keepingLines: line breaks stay.
    func printable(keepingLines: Bool = false) -> String {
        func isControl(_ scalar: Unicode.Scalar) -> Bool {
            if keepingLines, scalar == "\n" { return false }
            return scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || isBidirectional(scalar)
        }
        guard unicodeScalars.contains(where: isControl) else { return self }
        var text = String.UnicodeScalarView()
        for scalar in unicodeScalars { text.append(isControl(scalar) ? " " : scalar) }
        return String(text)
    }

    /// Columns of a terminal: East Asian wide characters take two.
    var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

    /// Cut with an ellipsis when it is wider.
    func fitted(to width: Int) -> String {
        guard displayWidth > width else { return self }
        var text = ""
        var used = 0
        for character in self {
            used += character.displayWidth
            guard used < width else { break }
            text.append(character)
        }
        return text + "…"
    }
}

/// Marks that turn the direction of what follows, so that a text could show otherwise than it is.
private func isBidirectional(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
}

extension Character {
    /// Source: Unicode's East Asian Width, the blocks that are wide throughout.
    fileprivate var displayWidth: Int {
        guard let scalar = unicodeScalars.first else { return 0 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        case 0x300...0x36F: return 0
        default: return 1
        }
    }
}
