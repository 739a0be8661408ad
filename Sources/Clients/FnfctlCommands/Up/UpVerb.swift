import ArgumentParser
import Glibc
import ServiceSupervisor

/// `fnfctl up`
struct UpVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "up", abstract: "Runs the whole system in the foreground, in a folder of its own.",
        discussion: """
            Each service is started by its socket, as systemd does it, and again when it dies. The line \
            `ready` on standard output says that all of it serves; the services' log goes to standard error \
            and to DIR/log. Ctrl-C lets what is in flight finish and stops all, a second one kills.

            Example:
              fnfctl up --dir /tmp/fnf
              FNF_RUNTIME_DIR=/tmp/fnf/run fnfctl status
              fnfctl up --dir /tmp/fnf --http 8080 --access-key demo:demo-secret
            """)

    @Option(
        help: ArgumentHelp("Where sockets, state and log lie; made when missing.", valueName: "folder"),
        completion: .directory)
    var dir = "./.fnf"

    @Option(
        help: ArgumentHelp(
            "Configuration as /etc/fnf has it (default: DIR/etc, filled with the defaults).",
            valueName: "folder"),
        completion: .directory)
    var config: String?

    @Option(
        help: ArgumentHelp(
            "Serves the cloud's protocols there (default host: 127.0.0.1; port 0: any free one, which is "
                + "printed as `http http://HOST:PORT` before `ready`).", valueName: "[host:]port"))
    var http: TCPAddress?

    @Option(
        help: ArgumentHelp(
            "The same over TLS, with the certificate that flow-web.yaml names.", valueName: "[host:]port"))
    var https: TCPAddress?

    @Option(
        help: ArgumentHelp(
            "Serves the demo's own URLs there, which change state on GET.", valueName: "[host:]port"))
    var legacyHttp: TCPAddress?

    @Option(
        help: ArgumentHelp(
            "An access key that may do everything, made or given this secret before `ready`. Repeatable. "
                + "Other users of this machine can see it; `fnfctl key create` makes keys that they can't.",
            valueName: "id:secret"))
    var accessKey: [AccessKeyArgument] = []

    func validate() throws {
        if http == nil, https == nil, !accessKey.isEmpty {
            throw ValidationError("--access-key is for the HTTP endpoint: give --http PORT as well")
        }
    }

    func run(in session: Session) async throws(CommandFailure) {
        let signals = StopSignals()
        let terminal = session.errorTerminal
        let supervisor: Supervisor
        do throws(SupervisorFault) {
            let plan = try plan()
            supervisor = try Supervisor(plan: plan) { event in
                if let text = UpEventText.text(event, terminal) { session.tell(text) }
            }
            session.tell(Self.header(plan, terminal))
            for (name, address) in supervisor.addresses.sorted(by: { $0.key < $1.key }) {
                session.note("\(name): \(Self.scheme(name))://\(address)")
            }
            try supervisor.start()
        } catch {
            throw Self.failure(error)
        }
        let first = Task { await Self.stop(supervisor, at: signals.numbers, session) }
        var isStopped = false
        do throws(SupervisorFault) {
            try await supervisor.waitUntilReady()
        } catch {
            guard case .stopped = error else {
                await supervisor.stop()
                throw Self.failure(error)
            }
            isStopped = true
        }
        if !isStopped { try await sayReady(supervisor, session) }
        await supervisor.waitUntilStopped()
        first.cancel()
        // SIGTERM is how a script asks for an orderly end; Ctrl-C is an interruption as everywhere.
        if await first.value == SIGINT { throw .silent(.interrupted) }
    }

    /// All serves and the keys are there.
    private func sayReady(_ supervisor: Supervisor, _ session: Session) async throws(CommandFailure) {
        do throws(CommandFailure) {
            try await UpKeys.create(accessKey, in: supervisor.plan.layout, session)
        } catch {
            await supervisor.stop()
            throw error
        }
        let listeners = [("http", http), ("https", https), ("legacy", legacyHttp)]
        for (name, asked) in listeners where asked?.port == 0 {
            if let address = supervisor.addresses[name] {
                session.write("\(name) \(Self.scheme(name))://\(address)\n")
            }
        }
        if let address = supervisor.addresses["http"] {
            session.note("shop: http://\(address)/shop   console: http://\(address)/console")
            let folder = supervisor.plan.layout.runtimeFolder
            session.note("to sign in: FNF_RUNTIME_DIR=\(folder) fnfctl ui, or an access key")
        }
        session.write("ready\n")
    }

    private static func scheme(_ listener: String) -> String { listener == "https" ? "https" : "http" }

    private func plan() throws(SupervisorFault) -> SupervisorPlan {
        var plan = try SupervisorPlan.fnf(folder: dir, configuration: config)
        if let http { plan.listen(at: http, as: "http", for: ServiceName.flowWeb.rawValue) }
        if let https { plan.listen(at: https, as: "https", for: ServiceName.flowWeb.rawValue) }
        if let legacyHttp { plan.listen(at: legacyHttp, as: "legacy", for: ServiceName.flowWeb.rawValue) }
        return plan
    }

    /// Returns the signal that came first, once the stream ends or this is canceled.
    private static func stop(
        _ supervisor: Supervisor, at signals: AsyncStream<Int32>, _ session: Session
    ) async -> Int32? {
        var first: Int32?
        for await signal in signals {
            if first == nil {
                first = signal
                session.note("\nstopping: what is in flight finishes; Ctrl-C again kills")
                supervisor.requestStop()
            } else {
                session.note("\nkilling")
                supervisor.requestStop(grace: .zero)
            }
        }
        return first
    }

    static func header(_ plan: SupervisorPlan, _ terminal: Terminal) -> String {
        let title = "fnf runs in \(plan.layout.folder); Ctrl-C stops it. In another terminal:"
        return """
            \(terminal.bold(title))
              export FNF_RUNTIME_DIR=\(plan.layout.runtimeFolder)
              fnfctl status
            configuration: \(plan.configurationFolder)   log: \(plan.layout.logFile)

            """
    }

    private static func failure(_ fault: SupervisorFault) -> CommandFailure {
        let status: CommandStatus =
            switch fault {
            case .folderInUse: .conflict
            case .timedOut: .timedOut
            case .canceled: .interrupted
            case .unknownService, .socketPathTooLong, .addressUnusable: .usage
            case .programMissing, .defaultsMissing, .configurationUnusable, .folderUnusable, .socketUnusable,
                .credentialUnusable, .systemCall, .stopped:
                .failed
            }
        return CommandFailure(status, fault.description)
    }
}
