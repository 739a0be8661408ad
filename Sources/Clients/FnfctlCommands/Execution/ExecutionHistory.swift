import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol
import Synchronization

/// `fnfctl execution history`
struct ExecutionHistory: Verb {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Shows the events of an execution.",
        discussion: """
            "After" is the event that caused this one. On a terminal details are cut to its width; -o json \
            has them whole. --tree shows a line for each step instead, under the step, branch or iteration \
            that contains it, with the execution that it has started.

            Examples:
              fnfctl execution history OrderDemo-Jiyuan ORDER
              fnfctl execution history OrderDemo-Jiyuan ORDER -o json
              fnfctl execution history OrderDemo-Jiyuan ORDER --watch
              fnfctl execution history OrderDemo-Jiyuan ORDER --tree
              fnfctl execution history OrderDemo-Jiyuan ORDER --reverse
            """)

    @Argument(help: ArgumentHelp("The flow's name.", valueName: "flow")) var flow: String
    @Argument(help: ArgumentHelp("The execution's name.", valueName: "name")) var name: String
    @Flag(name: .shortAndLong, help: "Go on with each event as it happens, until the execution ends.")
    var watch = false
    @Flag(help: "The newest event first.") var reverse = false
    @Flag(help: "The steps as a tree, a line for each.") var tree = false
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if watch && (reverse || tree) || reverse && tree {
            throw ValidationError("--watch, --reverse and --tree are three ways to read: give one of them")
        }
    }

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        if watch { return try await follow(peers, session) }
        var events: [EventRecord] = []
        var token: String?
        repeat {
            let page = try await peers.call(
                GetExecutionHistory.self,
                .with {
                    $0.flowName = flow
                    $0.executionName = name
                    $0.limit = 1000
                    $0.nextToken = token
                    $0.reverseOrder = reverse ? true : nil
                    $0.brief = tree && form.output == .table ? true : nil
                }, on: .flowEngine)
            events += page.events
            token = page.nextToken.flatMap { $0.isEmpty ? nil : $0 }
        } while token != nil
        let report =
            tree ? HistoryTree.report(events, title: "\(flow)/\(name)") : HistoryReport.report(events)
        session.show(report, as: form.output)
    }

    /// Rows have fixed widths here, since those to come are not known; JSON is one event a line.
    private func follow(_ peers: Peers, _ session: Session) async throws(CommandFailure) {
        let layout = HistoryReport([], isOpen: true)
        let widths = [7, 18, 18, 5, 24, max(12, (session.terminal.columns ?? 10_000) - 82)]
        if form.output == .table {
            let titles = TableText.line(layout.columns.map { Cell($0.title) }, layout.columns, widths, .plain)
            session.write(session.terminal.bold(titles) + "\n")
        }
        let last = Mutex<Int64>(0)
        let record = try await peers.follow(WatchExecution.self, on: .flowEngine) {
            .with {
                $0.flowName = flow
                $0.executionName = name
                $0.afterEventId = last.withLock { $0 }
            }
        } onItem: { item in
            for event in item.events {
                session.write(line(event, layout, widths, session.terminal))
                last.withLock { $0 = event.eventId }
            }
        }
        session.note("execution \(record.name) ended \(record.status)")
    }

    private func line(_ event: EventRecord, _ layout: HistoryReport, _ widths: [Int], _ terminal: Terminal)
        -> String
    {
        switch form.output {
        case .table:
            let cells = layout.row(event).map { Cell($0.text.printable(), $0.tone) }
            // A step's name that is longer than its column pushes the rest aside rather than be cut.
            var fitting = widths
            fitting[2] = max(widths[2], cells[2].text.displayWidth)
            return TableText.line(cells, layout.columns, fitting, terminal) + "\n"
        case .json: return event.wire.text + "\n"
        case .yaml: return "---\n" + YAMLText.document(event.wire)
        case .name: return "\(event.eventId)\n"
        }
    }
}
