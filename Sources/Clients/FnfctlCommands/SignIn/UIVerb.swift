import ArgumentParser
import FlowWebAPI
import Primitives
import RPCProtocol

/// `fnfctl ui`
struct UIVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "ui", abstract: "Prints a link that signs a browser in to the console, once.",
        discussion: """
            The link is good once and for five minutes, also while too many others have failed to sign in. \
            Whoever has it has its role: do not send it through what others read.

            Examples:
              fnfctl ui
              fnfctl ui --open
              fnfctl ui --role read --for 1h --name 'the night shift'
              fnfctl ui --address https://fnf.example.com
            """)

    @Option(help: "What the session may do; each role includes those before it.")
    var role = AccessKeyRole.admin

    @Option(
        name: .customLong("flow"), parsing: .singleValue,
        help: ArgumentHelp(
            "Only flows whose names match, * is any text; may be repeated (default: all flows).",
            valueName: "pattern"))
    var flows: [String] = []

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("How long the link is good: 300, 5m, 1h at most (default: 5m).", valueName: "time")
    )
    var lifetime: TimeSpan?

    @Option(help: ArgumentHelp("Whom the session is shown as (default: you).", valueName: "text"))
    var name: String?

    @Option(
        help: ArgumentHelp(
            "Where browsers reach flow-web, for one behind a proxy (default: its own listener).",
            valueName: "url"))
    var address: String?

    @Flag(help: "Open it in this desktop's browser; does nothing without a terminal and a display.")
    var open = false

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let address, !Self.isOrigin(address) {
            throw ValidationError("--address is http:// or https:// with a host, and no path behind it.")
        }
    }

    private static func isOrigin(_ text: String) -> Bool {
        for scheme in ["http://", "https://"] where text.hasPrefix(scheme) {
            let rest = text.dropFirst(scheme.count)
            let host = rest.hasSuffix("/") ? rest.dropLast() : rest
            return !host.isEmpty
                && host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/?#@\\".utf8.contains($0) }
        }
        return false
    }

    func run(in session: Session) async throws(CommandFailure) {
        let shown =
            name ?? session.environment("SUDO_USER") ?? session.environment("USER")
            ?? session.environment("LOGNAME")
        let link = try await global.peers(session).call(
            CreateSignInLink.self,
            .with {
                $0.role = role
                $0.flows = flows
                $0.name = shown
                $0.lifetimeSeconds = lifetime?.duration.map { ($0.milliseconds + 999) / 1000 }
            }, on: .flowWeb)
        guard let origin = address ?? link.addresses.first else {
            throw CommandFailure(
                .unreachable, "flow-web listens at no HTTP address, so there is no page to sign in to",
                next: "systemctl status fnf-flow-web-http.socket; or fnfctl up --http 8080; behind a proxy: "
                    + "--address URL")
        }
        let url = (origin.hasSuffix("/") ? String(origin.dropLast()) : origin) + link.path
        session.show(SessionReport.link(link, url: url), as: form.output)
        let end = TimeText.relative(link.expiresTime, now: session.world.now)
        session.note("it signs in once, with the role \(link.role.rawValue); it is over \(end)")
        if open { BrowserOpening.open(url, in: session) }
    }
}
