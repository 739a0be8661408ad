/// How far the clocks of a time zone are ahead of UTC, at every time there was and will be.
///
/// Units: all times are seconds since 1970 UTC, offsets are seconds east of it.
package struct ZoneRules: Sendable, Hashable {
    package let name: String
    /// When the offset changed; grows.
    var changes: [Int64] = []
    /// The offset before the first change, then after each.
    var offsets: [Int64]
    /// What holds after the last of `changes`; nil: the last offset for ever.
    var tail: ZoneTail?

    static let utc = ZoneRules(name: "UTC", offsets: [0])

    /// No clock on Earth is further from UTC. Source: RFC 8536 §3.2.
    static let offsetMax: Int64 = 26 * 3600

    package func offset(at time: Int64) -> Int64 {
        let count = changesThrough(time)
        guard let tail, count == changes.count else { return offsets[count] }
        return tail.offset(at: time)
    }

    /// The first time after `time` at which the offset may change.
    package func nextChange(after time: Int64) -> Int64? {
        let count = changesThrough(time)
        if count < changes.count { return changes[count] }
        return tail?.nextChange(after: time)
    }

    /// The instant at which the zone's clock shows `reading`: the first of two; for a reading that it skips,
    /// the moment after the gap.
    package func instant(showing reading: Int64) -> Int64 {
        var start = reading - Self.offsetMax
        while true {
            let offset = offset(at: start)
            let change = nextChange(after: start)
            guard let change, reading - offset >= change else {
                // Before its own piece of time began: the clock jumped over it.
                return max(reading - offset, start)
            }
            start = change
        }
    }

    /// How many changes there were up to and with `time`.
    private func changesThrough(_ time: Int64) -> Int {
        var low = 0
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if changes[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
