import ArgumentParser
import FlowEngine
import FlowEngineAPI
import FlowStore
import FlowStoreSQLite
import Primitives
import RPCProtocol
import Synchronization

/// `fnfctl admin verify`
struct AdminVerify: Verb {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verifies everything that the engine keeps, and changes nothing.",
        discussion: """
            Each row of the journal and its checksum, each history replayed and compared with the index and \
            its segments, each definition, and the structure of the file. The engine does it between its \
            work; with --file it is done here, on a backup or a state at rest.

            Exit status 1 when something is not as it was written.

            Examples:
              fnfctl admin verify
              fnfctl admin verify --file /srv/backup/monday/flow-engine/flow-engine.sqlite
              fnfctl admin verify -o json
            """)

    @Option(
        help: ArgumentHelp("A database of the engine, instead of the engine that runs.", valueName: "path"),
        completion: .file())
    var file: String?

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let found = Findings(ProgressLine(session: session))
        let result: VerifyJournal.Result
        if let file {
            result = try Self.verify(file) { found.add($0) }
        } else {
            result = try await online(session, found)
        }
        found.end()
        session.show(Self.report(result, found.all), as: form.output)
        if !result.sound { throw .silent(.failed) }
    }

    private func online(
        _ session: Session, _ found: Findings
    ) async throws(CommandFailure) -> VerifyJournal.Result {
        let wire = try await global.peers(session).stream(
            VerifyJournal.name, VerifyJournal.Params().wire, on: .flowEngine, door: .client
        ) { item in
            if let item = try? VerifyJournal.Item(wire: item, strict: false) { found.add(item) }
        }
        do { return try VerifyJournal.Result(wire: wire, strict: false) } catch {
            throw CommandFailure(.failed, "the engine's answer is not as this fnfctl knows it: \(error)")
        }
    }

    private static func verify(
        _ path: String, _ progress: (VerifyJournal.Item) -> Void
    ) throws(CommandFailure) -> VerifyJournal.Result {
        guard TextArgument.isFile(path) else {
            throw CommandFailure(.notFound, "there is no file \(path)", next: "ls -l \(path)")
        }
        do throws(StoreError) {
            let store = try SQLiteStore(path: path, isReadOnly: true)
            let result = try OfflineVerification(store: store).run(progress)
            try store.close()
            return result
        } catch {
            throw CommandFailure(.failed, "\(error)", next: "a backup: fnfctl admin restore BACKUP")
        }
    }

    static func report(_ result: VerifyJournal.Result, _ findings: [VerifyFinding]) -> Report {
        var json = result.wire.objectValue ?? [:]
        json["Found"] = .array(findings.map(\.wire))
        var blocks: [Report.Block] = [
            .fields([
                .init("Verified", result.sound ? Cell("sound", .good) : Cell("damaged", .bad)),
                .init("Rows", "\(result.rows)"), .init("Executions", "\(result.executions) replayed"),
                .init("Segments", "\(result.segments)"), .init("Definitions", "\(result.definitions)"),
            ])
        ]
        if !findings.isEmpty {
            blocks += [
                .heading("Found"),
                .table(
                    Table(
                        columns: ["Kind", "Flow", "Execution", .init("What", isElastic: true)],
                        rows: findings.map {
                            [
                                Cell($0.kind), Cell($0.flowName ?? "-"), Cell($0.executionName ?? "-"),
                                Cell($0.message),
                            ]
                        })),
            ]
        }
        return Report(json: .object(json), names: findings.map(\.message), blocks: blocks)
    }

    /// What was found, while it goes on.
    private final class Findings: Sendable {
        private let list = Mutex<[VerifyFinding]>([])
        private let line: ProgressLine

        init(_ line: ProgressLine) { self.line = line }

        var all: [VerifyFinding] { list.withLock { $0 } }

        func add(_ item: VerifyJournal.Item) {
            list.withLock { $0 += item.findings }
            let share = item.through > 0 ? item.sequence * 100 / item.through : 100
            line.show("\(share) %, \(item.rows) rows, \(item.executions) executions")
        }

        func end() { line.clear() }
    }
}
