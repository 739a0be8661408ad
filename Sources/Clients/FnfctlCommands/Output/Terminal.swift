import Glibc

/// What an output stream is: how wide, and whether it takes colours.
struct Terminal: Sendable, Equatable {
    /// Nil: not a terminal, so nothing is shortened.
    let columns: Int?
    let hasColours: Bool

    /// A file or a pipe.
    static let plain = Terminal(columns: nil, hasColours: false)

    /// NO_COLOR takes colours away, FORCE_COLOR gives them also to a pipe. Source: no-color.org.
    static func detect(_ descriptor: Int32, environment: (String) -> String?) -> Terminal {
        let isTerminal = isatty(descriptor) == 1
        let forced = environment("FORCE_COLOR") != nil
        let capable = isTerminal && environment("TERM") != "dumb"
        let hasColours = environment("NO_COLOR") == nil && (forced || capable)
        return Terminal(columns: isTerminal ? width(of: descriptor) : nil, hasColours: hasColours)
    }

    private static func width(of descriptor: Int32) -> Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 20 else { return 80 }
        return Int(size.ws_col)
    }

    func paint(_ text: String, _ tone: Cell.Tone) -> String {
        switch tone {
        case .plain: text
        case .good: coloured(text, "32")
        case .bad: coloured(text, "31")
        case .warning: coloured(text, "33")
        case .faint: coloured(text, "2")
        }
    }

    func bold(_ text: String) -> String { coloured(text, "1") }

    /// - Parameter code: of SGR, e.g. `36` for cyan.
    func coloured(_ text: String, _ code: String) -> String {
        hasColours && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
