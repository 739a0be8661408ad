import BenchReport
import Glibc
import Primitives
import ServiceSupervisor

/// Orders again, with what the services log going to a journal of systemd as it does in production.
///
/// The machine's own journal is left alone: journald is started in a mount namespace of its own, with its own
/// `/run` and a folder of the bench for its files, and this program once more beside it.
struct JournalOrders: Sendable {
    static let names = ["journal_order_per_s", "journal_order_p99_ms", "journal_lines"]
    /// Why they could not be measured is told on stderr.
    private static let daemon = "/lib/systemd/systemd-journald"

    let place: Workplace
    let orders: Int

    func measure() async throws -> [Figure] {
        if let reason = Self.obstacle {
            Progress.note("no orders with a journal: \(reason)")
            return []
        }
        let folder = "\(place.folder)/journal"
        mkdir(folder, 0o755)
        let script = "\(folder)/run.sh"
        try SmallFile.write(Self.script(folder: folder), to: script)
        let results = "\(folder)/bench.json"
        let helper = try SideProcess(
            "unshare",
            [
                "--mount", "--propagation", "private", "sh", script, runningProgram(), "--journal",
                "--orders",
                "\(orders)", "--levels", "32,256", "--figure", "order_per_s_256", "--figure",
                "order_p99_ms_32",
                "--dir", folder, "--json", results,
            ], log: "\(folder)/log.txt")
        Progress.show("orders with a journal")
        let status = try await onOwnThread { helper.waitForEnd() }
        guard status == 0, let text = SmallFile.text(results), let figures = try? JSONParser.parse(text)
        else {
            let log = SmallFile.text("\(folder)/log.txt") ?? ""
            throw BenchFault("the orders with a journal failed (\(status)): \(log.suffix(2000))")
        }
        let lines = Double(SmallFile.text("\(folder)/lines")?.prefix { $0.isNumber } ?? "") ?? 0
        guard lines > 0 else { throw BenchFault("no line came into the journal") }
        return [
            Figure("journal_order_per_s", try Self.value("order_per_s_256", figures), "1/s", .atLeast(1000)),
            Figure("journal_order_p99_ms", try Self.value("order_p99_ms_32", figures), "ms", .atMost(100)),
            Figure("journal_lines", lines, "1"),
        ]
    }

    private static func value(_ name: String, _ document: JSONValue) throws -> Double {
        for figure in document["figures"]?.arrayValue ?? [] where figure["name"]?.stringValue == name {
            if let value = figure["value"]?.doubleValue { return value }
        }
        throw BenchFault("the orders with a journal give no \(name)")
    }

    private static var obstacle: String? {
        if getuid() != 0 { return "a mount namespace needs root" }
        if access(daemon, X_OK) != 0 { return "there is no \(daemon)" }
        for tool in ["unshare", "systemd-cat", "journalctl", "mount"] where !SideProcess.isThere(tool) {
            return "there is no \(tool)"
        }
        return nil
    }

    /// The rate limit is lifted as the units do it (`LogRateLimitBurst=`); files go to the disk as on a
    /// machine with a persistent journal.
    private static func script(folder: String) -> String {
        """
        set -e
        mount -t tmpfs tmpfs /run
        mkdir -p /run/systemd/journald.conf.d /run/systemd/journal /var/log/journal "\(folder)/files"
        mount --bind "\(folder)/files" /var/log/journal
        printf '[Journal]\\nStorage=persistent\\nRateLimitIntervalSec=1s\\nRateLimitBurst=1000000\\n' \
        > /run/systemd/journald.conf.d/bench.conf
        touch /run/systemd/journal/flushed
        \(daemon) &
        daemon=$!
        trap 'kill $daemon' EXIT
        for turn in 1 2 3 4 5 6 7 8 9 10; do [ -S /run/systemd/journal/stdout ] || sleep 0.2; done
        "$@"
        journalctl --sync
        journalctl -D "\(folder)/files" -o cat SYSLOG_IDENTIFIER=order-store \
        SYSLOG_IDENTIFIER=flow-engine SYSLOG_IDENTIFIER=payment-gateway | wc -l > "\(folder)/lines"

        """
    }
}

extension SupervisorPlan {
    /// Has each service's standard error in the journal, as a unit's is: systemd-cat connects it, and the
    /// shell tells the service so, as systemd would.
    mutating func logToJournal() {
        services = services.map { spec in
            var spec = spec
            let start = "export JOURNAL_STREAM=$(stat -Lc %d:%i /proc/self/fd/2); exec \"$0\" \"$@\""
            spec.arguments =
                ["--identifier=\(spec.name)", "sh", "-c", start, spec.executable] + spec.arguments
            spec.executable = "/usr/bin/systemd-cat"
            return spec
        }
    }
}
