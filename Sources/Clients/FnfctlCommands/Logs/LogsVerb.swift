import ArgumentParser
import Glibc
import Primitives
import ServiceSupervisor

/// `fnfctl logs`
struct LogsVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "The log lines of an order across all services, in order.",
        discussion: """
            They come from the system's journal, or from the log of `fnfctl up` when --dir, --socket-dir or \
            FNF_RUNTIME_DIR names its folder. The same by hand:
              journalctl FNF_ORDER=ORDER + FNF_EXECUTION=ORDER

            Examples:
              fnfctl logs ORDER -f
              fnfctl logs --flow OrderDemo-Jiyuan --execution ORDER
            """)

    @Argument(help: ArgumentHelp("The order's number.", valueName: "order")) var order: String?
    @Flag(name: .shortAndLong, help: "Go on with each line as it comes.") var follow = false
    @Option(help: ArgumentHelp("The lines of this execution.", valueName: "name")) var execution: String?
    @Option(help: ArgumentHelp("Only lines of this flow.", valueName: "name")) var flow: String?
    @Flag(help: "The lines as JSON, with all their fields.") var json = false

    @Option(
        help: ArgumentHelp("The folder of a `fnfctl up`.", valueName: "folder"), completion: .directory)
    var dir: String?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if order == nil, execution == nil, flow == nil {
            throw ValidationError("Name an order, or --execution, or --flow.")
        }
    }

    func run(in session: Session) async throws(CommandFailure) {
        let filter = LogFilter(order: order, execution: execution, flow: flow)
        guard let path = logFile(session) else { throw journal(filter) }
        var reader = LogFileReader(path: path)
        let json = json
        let known = Set([order, execution, flow].compactMap { $0 })
        let show = { (fields: JSONObject, line: String) in
            guard filter.matches(fields) else { return }
            session.write((json ? line : LogLineText.text(fields, session.terminal, known: known)) + "\n")
        }
        try reader.readAll(show)
        if follow { await reader.follow(show) }
    }

    /// Nil: the journal has it.
    private func logFile(_ session: Session) -> String? {
        if let dir { return SupervisorLayout(folder: dir).logFile }
        guard let sockets = global.socketDir ?? session.environment("FNF_RUNTIME_DIR") else { return nil }
        let path = SupervisorLayout(folder: "\(sockets)/..").logFile
        return access(path, R_OK) == 0 ? path : nil
    }

    /// Arguments of journalctl.
    static func journalArguments(_ filter: LogFilter, follow: Bool, json: Bool) -> [String] {
        ["journalctl", "--output=\(json ? "json" : "short-precise")"]
            + (follow ? ["--follow", "--lines=all"] : [])
            + filter.journalMatches
    }

    /// Becomes journalctl; returns only when there is none.
    private func journal(_ filter: LogFilter) -> CommandFailure {
        let arguments = Self.journalArguments(filter, follow: follow, json: json)
        signal(SIGINT, SIG_DFL)
        var pointers = arguments.map { strdup($0) } + [nil]
        execvp("journalctl", &pointers)
        let reason = TextArgument.reason(errno)
        for pointer in pointers { free(pointer) }
        return CommandFailure(
            .failed, "journalctl cannot be run: \(reason)",
            next: "where there is no systemd, name the folder of `fnfctl up` by --dir")
    }
}
