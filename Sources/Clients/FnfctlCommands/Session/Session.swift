import Primitives
import RPCProtocol
import RPCTransport

/// What the process around a verb offers it; tests bring their own.
struct Session: Sendable {
    var world: any World = LiveWorld()
    /// Lets some time pass before a call is repeated.
    var pause: @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }
    var environment: @Sendable (String) -> String? = Standard.environment
    /// What standard output is.
    var terminal: Terminal
    /// What standard error is.
    var errorTerminal: Terminal
    /// Data: to standard output.
    var write: @Sendable (String) -> Void
    /// All else: to standard error.
    var tell: @Sendable (String) -> Void
    /// Starts a program and does not wait for it; whether it could be started.
    var launch: @Sendable ([String]) -> Bool = BrowserOpening.launch
    /// Connects to a socket; the duration is how long one that is not there is waited for.
    var connect: @Sendable (String, Duration) -> any RPCCaller

    static var live: Session {
        Session(
            terminal: Terminal.detect(1, environment: Standard.environment),
            errorTerminal: Terminal.detect(2, environment: Standard.environment),
            write: { Standard.write($0, to: 1) }, tell: { Standard.write($0, to: 2) },
            connect: { SocketCaller(path: $0, connectPatience: $1) })
    }

    func show(_ report: Report, as format: OutputFormat) {
        write(Render.text(report, as: format, on: terminal, now: world.now))
    }

    /// One line for the person, off the data.
    func note(_ line: String) { tell("\(line.printable(keepingLines: true))\n") }
}
