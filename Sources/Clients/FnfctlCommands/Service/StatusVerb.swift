import ArgumentParser
import Primitives

/// `fnfctl status`
struct StatusVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "All four services: state, load, outbox, and what troubles them.",
        discussion: """
            A service that sleeps behind its socket is started by the question. Exit status 7 when one \
            cannot be reached.

            Example:
              fnfctl status
            """)

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let readings = await withTaskGroup(of: ServiceReading.self) { group in
            for service in ServiceName.allCases {
                group.addTask { await ServiceReading.take(service, peers) }
            }
            var readings: [ServiceName: ServiceReading] = [:]
            for await reading in group { readings[reading.service] = reading }
            return ServiceName.allCases.compactMap { readings[$0] }
        }
        session.show(Self.report(readings), as: form.output)
        try Self.check(readings)
    }

    static func report(_ readings: [ServiceReading]) -> Report {
        let table = Table(
            columns: [
                "Service", "State", "Version", "Uptime", .init("Connections", isNumber: true), "In flight",
                .init("Outbox", isNumber: true), .init("Trouble", isElastic: true),
            ], rows: readings.map(\.row))
        return Report(
            json: ["services": .array(readings.map(\.json))], names: readings.map(\.service.rawValue),
            blocks: [.table(table)])
    }

    static func check(_ readings: [ServiceReading]) throws(CommandFailure) {
        var silent: [String] = []
        var first: CommandFailure?
        for reading in readings {
            guard case .failure(let failure) = reading.outcome else { continue }
            silent.append(reading.service.rawValue)
            if first == nil { first = failure }
        }
        guard let first else { return }
        let status: CommandStatus = first.status == .denied ? .denied : .unreachable
        throw CommandFailure(
            status, "no answer from \(silent.joined(separator: ", "))", next: first.next)
    }
}
