import Glibc
import Primitives

/// Hands a link to the desktop's browser.
enum BrowserOpening {
    /// Where there is a person and a display; else it only says so.
    static func open(_ url: String, in session: Session) {
        guard session.terminal.columns != nil,
            session.environment("DISPLAY") ?? session.environment("WAYLAND_DISPLAY") != nil,
            let folder = session.environment("XDG_RUNTIME_DIR")
        else {
            session.note("there is no display here: open the link in a browser yourself")
            return
        }
        // Everybody on the host sees arguments; the link goes through a file that only this user reads. It
        // stays there: the link in it is good once.
        let file = "\(folder)/fnf-ui.html"
        guard write("<meta http-equiv=\"refresh\" content=\"0; url=\(url)\">\n", to: file),
            session.launch(["xdg-open", file])
        else {
            session.note("the browser could not be started: open the link in one yourself")
            return
        }
    }

    private static func write(_ text: String, to file: String) -> Bool {
        unlink(file)
        let descriptor = Glibc.open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        Standard.write(text, to: descriptor)
        return close(descriptor) == 0
    }

    /// Starts a program of the path and does not wait for it; whether it could be started.
    @Sendable static func launch(_ arguments: [String]) -> Bool {
        var texts = arguments.map { strdup($0) } + [nil]
        defer { for text in texts { free(text) } }
        var pid = pid_t()
        return posix_spawnp(&pid, arguments[0], nil, nil, &texts, environ) == 0
    }
}
