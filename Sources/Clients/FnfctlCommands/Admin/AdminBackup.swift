import ArgumentParser
import Primitives
import RPCProtocol
import StateBackup

/// `fnfctl admin backup`
struct AdminBackup: Verb {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copies the state of all services into a folder, while they work.",
        discussion: """
            Every service's database and the engine's key of the task tokens, all as they were at one \
            moment: the engine stands still for some milliseconds while it is fixed. The folder is \
            complete and on disk when the command says so; until then it is called FOLDER.partial. It \
            contains secrets.

            Examples:
              fnfctl admin backup
              fnfctl admin backup /srv/backup/monday
              fnfctl admin backup --service flow-engine engine-only
            """)

    @Argument(
        help: "Folder to be made (default: fnf-backup-TIME in the working directory).", completion: .directory
    )
    var folder: String?

    @Option(help: "Only this service; may be given several times.")
    var service: [ServiceName] = []

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let time = session.world.now.description.prefix(19).filter { $0 != "-" && $0 != ":" }
        let named = folder ?? "fnf-backup-\(time)Z"
        let folder = named.count > 1 && named.hasSuffix("/") ? String(named.dropLast()) : named
        let services = service.isEmpty ? BackupRun.services : BackupRun.services.filter(service.contains)
        guard !services.isEmpty else {
            throw CommandFailure(.usage, "\(service[0].rawValue) keeps no state")
        }
        let writer = try backingUp { () throws(BackupFault) in try BackupWriter(folder: folder) }
        let run = BackupRun(
            writer: writer, peers: global.peers(session), session: session, services: services)
        let manifest: BackupManifest
        do throws(CommandFailure) { manifest = try await run.make() } catch {
            writer.giveUp()
            throw error
        }
        session.show(Self.report(manifest, folder: folder), as: form.output)
    }

    private static func report(_ manifest: BackupManifest, folder: String) -> Report {
        var json = manifest.wire.objectValue ?? [:]
        json["folder"] = .string(folder)
        let rows = manifest.services.map { service in
            [
                Cell(service.service), Cell(SizeText.of(service.bytes)), Cell(service.time),
                Cell(service.files.map(\.name).joined(separator: ", ")),
            ]
        }
        let bytes = manifest.services.reduce(0) { $0 + $1.bytes }
        return Report(
            json: .object(json), names: [folder],
            blocks: [
                .table(
                    Table(
                        columns: ["Service", .init("Size", isNumber: true), "As it was at", "Files"],
                        rows: rows)),
                .text("\(folder): \(SizeText.of(bytes)), complete and on disk"),
            ])
    }
}
