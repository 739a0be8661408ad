import ArgumentParser
import Primitives
import RPCProtocol
import ServiceSupervisor
import StateBackup

/// `fnfctl admin restore`
struct AdminRestore: Verb {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Puts a backup in place of a state that is not there, and compares its services.",
        discussion: """
            The services must be stopped, and nothing is overwritten. Every checksum is verified first. \
            Afterwards it says where the services' databases contradict one another: what heals by itself \
            when they run, and what a person must decide; nothing of it has happened yet.

            Exit status 5 when something must be decided or is in the way.

            Examples:
              sudo systemctl stop fnf.target 'fnf-*.socket'
              fnfctl admin restore /srv/backup/monday
              fnfctl admin restore monday --dir ~/fnf-copy
              fnfctl up --dir ~/fnf-copy
              fnfctl admin restore monday --check
            """)

    @Argument(help: "Folder that `fnfctl admin backup` has made.", completion: .directory)
    var backup: String

    @Option(
        help: ArgumentHelp(
            "Folder of `fnfctl up` instead of the system's /var/lib/fnf.", valueName: "folder"),
        completion: .directory)
    var dir: String?

    @Option(help: "Only this service.")
    var service: ServiceName?

    @Flag(help: "Only verify the backup's checksums; change nothing.")
    var check = false

    @OptionGroup var form: OutputOptions

    func run(in session: Session) async throws(CommandFailure) {
        let (places, stop) = StatePlaces.named(dir)
        let (backup, service) = (backup, service?.rawValue)
        let restore = try backingUp { () throws(BackupFault) in
            try BackupRestore(folder: backup, places: places, service: service)
        }
        let isOnlyCheck = check
        try backingUp { () throws(BackupFault) in
            if !isOnlyCheck {
                try places.checkStopped(stopBy: stop)
                try restore.checkEmpty()
            }
            try restore.check()
            if !isOnlyCheck { try restore.put() }
        }
        if check {
            session.note("every file is as it was backed up, \(restore.manifest.begun)")
            return session.show(Self.report(restore, nil), as: form.output)
        }
        let reconciliation = try backingUp { () throws(BackupFault) in try Reconciliation.run(places) }
        session.show(Self.report(restore, reconciliation), as: form.output)
        if reconciliation.mustBeDecided { throw .silent(.conflict) }
    }

    private static func report(_ restore: BackupRestore, _ reconciliation: Reconciliation?) -> Report {
        let services = restore.services
        var json: JSONObject = [
            "services": .array(services.map(\.wire)), "isOneCut": .bool(restore.manifest.isOneCut),
        ]
        var blocks: [Report.Block] = [
            .table(
                Table(
                    columns: ["Service", .init("Size", isNumber: true), "As it was at"],
                    rows: services.map {
                        [Cell($0.service), Cell(SizeText.of($0.bytes)), Cell($0.time)]
                    }))
        ]
        if let reconciliation {
            json["differences"] = .array(reconciliation.differences.map { .object($0.json) })
            blocks += [.heading("Differences between the services"), .text(text(reconciliation))]
        }
        return Report(json: .object(json), names: services.map(\.service), blocks: blocks)
    }

    private static func text(_ reconciliation: Reconciliation) -> String {
        guard !reconciliation.differences.isEmpty else { return "none: they show one moment" }
        return reconciliation.differences.map { difference in
            let names = difference.names.joined(separator: ", ")
            let more = difference.count > Int64(difference.names.count) ? ", …" : ""
            return "\(difference.heals ? "heals:  " : "decide: ")\(difference.count) \(difference.sentence)\n"
                + "        \(names)\(more)"
        }.joined(separator: "\n")
    }
}

extension StatePlaces {
    /// The system's, or those of an `fnfctl up`; and how its services are stopped.
    static func named(_ folder: String?) -> (places: StatePlaces, stop: String) {
        guard let folder else { return (.system, "sudo systemctl stop fnf.target 'fnf-*.socket'") }
        let layout = SupervisorLayout(folder: folder)
        return (
            StatePlaces(
                stateFolder: layout.stateFolder, runtimeFolder: layout.runtimeFolder,
                lockFile: layout.lockFile), "end the `fnfctl up` that runs there"
        )
    }
}
