import ArgumentParser
import Primitives
import StateBackup

/// `fnfctl admin compact`
struct AdminCompact: Verb {
    static let configuration = CommandConfiguration(
        commandName: "compact", abstract: "Gives the room of what was removed back to the file system.",
        discussion: """
            While the services work, that room is used again by what is new, so this is for files that \
            shall become smaller. The services must be stopped; every service's database is written anew, \
            and replaced only when the new file is complete and on disk. It needs room for both.

            Examples:
              fnfctl admin compact
              fnfctl admin compact --dir ~/fnf-copy
            """)

    @Option(
        help: ArgumentHelp(
            "Folder of an `fnfctl up` instead of the system's /var/lib/fnf.", valueName: "folder"),
        completion: .directory)
    var dir: String?

    @OptionGroup var form: OutputOptions

    func run(in session: Session) async throws(CommandFailure) {
        let (places, stop) = StatePlaces.named(dir)
        let outcomes = try backingUp { () throws(BackupFault) in
            try places.checkStopped(stopBy: stop)
            return try Compaction.run(places)
        }
        session.show(Self.report(outcomes), as: form.output)
    }

    private static func report(_ outcomes: [Compaction.Outcome]) -> Report {
        let json = outcomes.map { outcome -> JSONValue in
            [
                "service": .string(outcome.service), "bytesBefore": .integer(outcome.before),
                "bytesAfter": .integer(outcome.after),
            ]
        }
        let rows = outcomes.map { outcome in
            [
                Cell(outcome.service), Cell(SizeText.of(outcome.before)), Cell(SizeText.of(outcome.after)),
            ]
        }
        return Report(
            json: .array(json), names: outcomes.map(\.service),
            blocks: [
                .table(
                    Table(
                        columns: [
                            "Service", .init("Before", isNumber: true), .init("After", isNumber: true),
                        ],
                        rows: rows, empty: "there is no database"))
            ])
    }
}
