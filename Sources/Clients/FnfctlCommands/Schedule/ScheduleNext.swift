import ArgumentParser
import FlowSchedule
import Primitives
import ZoneDatabase

/// `fnfctl schedule next`
struct ScheduleNext: Verb {
    static let configuration = CommandConfiguration(
        commandName: "next", abstract: "Shows when an expression fires next; needs no service.",
        discussion: """
            Examples:
              fnfctl schedule next "CRON_TZ=Europe/Berlin 0 30 2 * * *"
              fnfctl schedule next "0 0 4 1 * *" -n 12 --after 2027-01-01T00:00:00Z -o name
            """)

    @Argument(help: ArgumentHelp("The expression, in quotes.", valueName: "expression"))
    var expression: String

    @Option(
        name: [.customShort("n"), .customLong("count")],
        help: ArgumentHelp("How many times.", valueName: "count"))
    var count = 5

    @Option(
        help: ArgumentHelp("From when on, e.g. 2026-11-23T09:30:00Z (default: now).", valueName: "time"))
    var after: String?

    @OptionGroup var form: OutputOptions

    static let countMax = 1000

    func validate() throws {
        if !(1...Self.countMax).contains(count) {
            throw ValidationError("-n takes 1 to \(Self.countMax).")
        }
        if let after, Timestamp(rfc3339: after) == nil {
            throw ValidationError("--after takes a time such as 2026-11-23T09:30:00Z.")
        }
    }

    func run(in session: Session) async throws(CommandFailure) {
        let zones = session.environment("TZDIR").map { ZoneDatabase(folder: $0) } ?? ZoneDatabase()
        let parsed: ScheduleExpression
        do throws(ScheduleFault) {
            parsed = try ScheduleExpression(expression, zones: zones.lookUp)
        } catch {
            let sentence = "\(error.field) \"\(error.text)\": \(error.reason)"
            throw CommandFailure(.usage, sentence, next: error.fix)
        }
        var times: [Timestamp] = []
        let start = after.flatMap { Timestamp(rfc3339: $0) } ?? session.world.now
        while times.count < count, let next = parsed.next(after: times.last ?? start) { times.append(next) }
        session.show(Self.report(parsed, times, now: session.world.now), as: form.output)
    }

    static func report(_ expression: ScheduleExpression, _ times: [Timestamp], now: Timestamp) -> Report {
        let zone = expression.zoneName.flatMap { $0 == "UTC" ? nil : $0 }
        let rows = times.map { time -> [Cell] in
            let clock = zone == nil ? [] : [Cell(expression.clockText(at: time) ?? "")]
            return [Cell(TimeText.absolute(time))] + clock + [Cell(TimeText.relative(time, now: now))]
        }
        let columns = ["UTC"] + (zone.map { [Table.Column($0)] } ?? []) + ["From now"]
        let texts = times.map(\.description)
        return Report(
            json: [
                "CronExpression": .string(expression.text), "Times": .array(texts.map { .string($0) }),
            ],
            names: texts,
            blocks: [.table(Table(columns: columns, rows: rows, empty: "it never fires again"))])
    }
}
