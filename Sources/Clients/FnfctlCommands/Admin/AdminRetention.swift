import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl admin retention`
struct AdminRetention: Verb {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "Shows which ended executions are kept no longer, or removes them now.",
        discussion: """
            The rules stand in flow-engine.yaml under `retention:`; without any, everything is kept. The \
            engine applies them once an hour by itself. Removed executions are gone: export or back up \
            first what may be needed.

            Examples:
              fnfctl admin retention
              fnfctl admin retention --now
            """)

    @Flag(help: "Remove them now, and wait until it is done.")
    var now = false

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let line = ProgressLine(session: session)
        let params = ApplyRetention.Params.with { $0.dryRun = !now }
        let wire = try await global.peers(session).stream(
            ApplyRetention.name, params.wire, on: .flowEngine, door: .admin
        ) { item in
            if let examined = item["Examined"]?.integerValue, let found = item["Executions"]?.integerValue {
                line.show("\(examined) executions looked at, \(found) go")
            }
        }
        line.clear()
        let result: ApplyRetention.Result
        do { result = try ApplyRetention.Result(wire: wire, strict: false) } catch {
            throw CommandFailure(.failed, "the engine's answer is not as this fnfctl knows it: \(error)")
        }
        session.show(Self.report(result, removed: now), as: form.output)
    }

    static func report(_ result: ApplyRetention.Result, removed: Bool) -> Report {
        var blocks: [Report.Block] = []
        guard !result.rules.isEmpty else {
            return Report(
                json: result.wire, names: [],
                blocks: [.text("no rules: every execution is kept (retention: in flow-engine.yaml)")])
        }
        blocks.append(
            .table(
                Table(
                    columns: [
                        "Flows", "Ended", .init("Days", isNumber: true), .init("Newest", isNumber: true),
                    ],
                    rows: result.rules.map { rule in
                        [
                            Cell(rule.flow),
                            Cell(rule.statuses.isEmpty ? "any" : rule.statuses.joined(separator: ", ")),
                            Cell(rule.keepDays.map { "\($0)" } ?? "-"),
                            Cell(rule.keepCount.map { "\($0)" } ?? "-"),
                        ]
                    })))
        blocks += [
            .heading(removed ? "Removed" : "Would be removed"),
            .table(
                Table(
                    columns: ["Flow", "Status", .init("Executions", isNumber: true), "Oldest ended"],
                    rows: result.groups.map { group in
                        [
                            Cell(group.flowName), Cell(state: group.status), Cell("\(group.executions)"),
                            Cell(group.oldestTime),
                        ]
                    })),
        ]
        let size = removed ? ", \(result.rows) rows with \(SizeText.of(result.bytes))" : ""
        blocks.append(.text("\(result.executions) of \(result.examined) executions\(size)"))
        return Report(json: result.wire, names: result.groups.map(\.flowName), blocks: blocks)
    }
}
