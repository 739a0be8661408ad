extension CronTimes {
    /// The first instant after `instant` at which the zone's clock says so.
    ///
    /// A reading that the clock skips fires at the first moment after the gap; one that it shows twice fires
    /// once, the first time. With every hour allowed the schedule is an interval rather than an hour of the
    /// day: then it fires whenever the reading fits, so that the repeated hour is not silent.
    /// Units: seconds since 1970 UTC.
    func next(after instant: Int64, in zone: ZoneRules) -> Int64? {
        isHourly ? nextFitting(after: instant, in: zone) : nextMapped(after: instant, in: zone)
    }

    private func nextMapped(after instant: Int64, in zone: ZoneRules) -> Int64? {
        var reading = instant + zone.offset(at: instant)
        // More than one look only in the second showing of a repeated hour and after a gap.
        while let next = nextReading(after: reading) {
            let fires = zone.instant(showing: next)
            if fires > instant { return fires }
            reading = next
        }
        return nil
    }

    private func nextFitting(after instant: Int64, in zone: ZoneRules) -> Int64? {
        var instant = instant
        while true {
            let offset = zone.offset(at: instant + 1)
            guard let reading = nextReading(after: instant + offset) else { return nil }
            let change = zone.nextChange(after: instant + 1)
            guard let change, reading - offset >= change else { return reading - offset }
            // The clock changes before: go on with what it shows from then on.
            instant = change - 1
        }
    }
}
