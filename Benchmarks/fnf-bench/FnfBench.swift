import BenchReport
import ArgumentParser
import Glibc

/// Measures the production programs on this machine.
@main
struct FnfBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fnf-bench",
        abstract: "Measures fnf on this machine: orders a second, latency, cold start, memory, sizes.",
        discussion: """
            It starts the services that lie beside it, as systemd would, in a folder of its own on the \
            disk, puts the order demo in and runs orders through it. The load comes from this process and \
            is counted. The table goes to stdout, progress to stderr when that is a terminal, the figures to \
            .build/bench.json.

            EXAMPLES
              make bench                             # optimised, everything, in about 12 minutes
              fnf-bench --quick                      # a look, in two minutes
              fnf-bench --figure three_tasks_per_s   # flows a second
              fnf-bench --figure order_per_s_16      # a beginning takes all of them
              fnf-bench --figure step_us             # what a step costs, early and late in a history
              fnf-bench --figure web_                # the cloud endpoint against the socket
              fnf-bench --figure search_             # what a console asks, with 100,000 executions stored
              fnf-bench --figure page_               # shop and console in a browser's eyes
              fnf-bench --figure traced --strace     # syncs as the kernel sees them

            EXIT STATUS
              0 measured, 1 something failed or an order was lost,
              64 usage, 130 interrupted
            """)

    @Option(help: ArgumentHelp("Orders a level; at 1 in flight a tenth of it.", valueName: "count"))
    var orders = 3000

    @Option(help: ArgumentHelp("Orders in flight, one level each.", valueName: "1,16,32,256"))
    var levels = "1,16,32,256"

    @Option(help: ArgumentHelp("Executions that wait for a report, for million_….", valueName: "count"))
    var waiting = 1_000_000

    @Option(help: ArgumentHelp("Events stored for growth_….", valueName: "count"))
    var events = 10_000_000

    @Option(
        help: ArgumentHelp(
            "Executions stored for search_… and page_…; a tenth as many wait.", valueName: "count"))
    var executions = 100_000

    @Option(help: ArgumentHelp("Only figures whose name begins so; may be given again.", valueName: "name"))
    var figure: [String] = []

    @Flag(help: "Few orders and short looks: figures that wobble.")
    var quick = false

    @Flag(help: "Also count fdatasyncs by strace (needs strace and the right to trace).")
    var strace = false

    @Flag(help: "Keep the folder with logs, state and sockets, and say where it is.")
    var keep = false

    @Option(help: ArgumentHelp("Where to work: a folder on a real disk.", valueName: "folder"))
    var dir: String?

    @Option(help: ArgumentHelp("The flow's definition.", valueName: "file"))
    var flow: String?

    @Option(help: ArgumentHelp("Where the figures go.", valueName: "file"))
    var json: String?

    @Flag(help: "Also write the table and the plot of docs/performance.md.")
    var document = false

    @Flag(help: .hidden)
    var journal = false

    @Option(help: .hidden)
    var serveEcho: EchoRole?

    @Option(help: .hidden)
    var echoSocket: String?

    func validate() throws {
        guard orders > 0 else { throw ValidationError("--orders must be at least 1") }
        guard executions >= 100 else { throw ValidationError("--executions must be at least 100") }
        guard waiting >= 50_000 else { throw ValidationError("--waiting must be at least 50000") }
        guard events >= 1000 else { throw ValidationError("--events must be at least 1000") }
        _ = try scope()
    }

    func run() async throws {
        if let serveEcho, let echoSocket { return try await serveEcho.serve(at: echoSocket) }
        let scope = try scope()
        let place = try Workplace(folder: dir, flow: flow, json: json, keeps: keep)
        let interruption = Interruption { place.remove() }
        defer { interruption.end() }
        do {
            var run = BenchRun(place: place, scope: scope, logsToJournal: journal)
            let figures = try await run.measure()
            place.remove()
            let machine = MachineFacts.read(for: place.folder).rows
            print(ResultTable(machine: machine, figures: figures).text)
            let text = ResultDocument(machine: machine, figures: figures).text
            try SmallFile.write(text, to: place.resultFile)
            fflush(nil)
            Progress.note("figures: \(place.resultFile)")
            if document { try PerformanceDocument(place: place).write(machine: machine, figures: figures) }
        } catch {
            Progress.clear()
            place.remove()
            throw error
        }
    }

    private func scope() throws -> Scope {
        let numbers = levels.split(separator: ",").map { Int($0) }
        guard !numbers.isEmpty, numbers.allSatisfy({ ($0 ?? 0) > 0 }) else {
            throw ValidationError("--levels takes counts such as 1,16,256, not \(levels)")
        }
        let scope = Scope(
            orders: quick ? min(orders, 300) : orders, levels: numbers.compactMap(\.self),
            executions: executions, waiting: waiting, events: events, selection: figure, isQuick: quick,
            traces: strace)
        for name in figure where !scope.allNames.contains(where: { $0.hasPrefix(name) }) {
            throw ValidationError(
                "there is no figure \(name)\(name.hasPrefix("traced") ? " without --strace" : ""): "
                    + "the figures are \(scope.families.joined(separator: ", ")), "
                    + "each also with a service (_flow_engine) or orders in flight (_16) at the end"
            )
        }
        return scope
    }
}
