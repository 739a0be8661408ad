package import Primitives

extension ScheduleExpression {
    /// The zone whose clock the expression means; nil for `@every`.
    package var zoneName: String? {
        if case .cron(_, let zone) = timing { zone.name } else { nil }
    }

    /// What that clock shows: `Tue 2026-11-24 08:30:00 +08:00`; nil for `@every`.
    package func clockText(at time: Timestamp) -> String? {
        guard case .cron(_, let zone) = timing else { return nil }
        let second = time.microseconds.floorDivided(by: 1_000_000).quotient
        let offset = zone.offset(at: second)
        let reading = Timestamp(microseconds: (second + offset) * 1_000_000)
        let weekday = Int(
            ((second + offset).floorDivided(by: 86_400).quotient + 4).floorDivided(by: 7).remainder)
        let name = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][weekday]
        let text = reading.description
        let minutes = abs(offset) / 60
        return "\(name) \(text.prefix(10)) \(text.dropFirst(11).prefix(8)) \(offset < 0 ? "-" : "+")"
            + "\(minutes / 600)\(minutes / 60 % 10):\(minutes % 60 / 10)\(minutes % 10)"
    }
}
