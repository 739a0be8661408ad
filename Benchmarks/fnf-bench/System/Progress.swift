import Glibc

/// One line on stderr that says what is being measured, when somebody watches.
enum Progress {
    private static let isWatched = isatty(STDERR_FILENO) == 1

    static func show(_ text: String) {
        if isWatched { write("\r\u{1B}[K\(text)") }
    }

    static func clear() {
        if isWatched { write("\r\u{1B}[K") }
    }

    /// A line that stays.
    static func note(_ text: String) {
        clear()
        write(text + "\n")
    }

    private static func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }
}
