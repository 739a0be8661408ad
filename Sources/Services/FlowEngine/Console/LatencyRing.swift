import FlowEngineAPI
import Primitives
import RPCProtocol

/// How long something took, minute by minute of the last hour: about 150 KiB when all minutes are full.
struct LatencyRing {
    private var minutes: [Int64: LatencyCounts] = [:]
    private static let minutesKept: Int64 = 60

    mutating func note(_ latency: Duration, at time: Timestamp) {
        let minute = time.minute
        if minutes[minute] == nil { minutes = minutes.filter { $0.key > minute - Self.minutesKept } }
        minutes[minute, default: LatencyCounts()].note(latency.microseconds)
    }

    func record(until now: Timestamp) -> LatencyRecord {
        var sum = LatencyCounts()
        for (minute, counts) in minutes where minute > now.minute - Self.minutesKept { sum.add(counts) }
        return LatencyRecord.with {
            $0.count = sum.total
            $0.p50Micros = sum.bound(below: 50)
            $0.p99Micros = sum.bound(below: 99)
            $0.maxMicros = sum.longest
        }
    }
}

/// Counts of microseconds in places that grow with them: sixteen for each doubling, so that a place is
/// narrower than 7 % of what it counts.
private struct LatencyCounts {
    /// More than twelve days count as that.
    private static let microsecondsMax: Int64 = 1 << 40
    private static let placesCount = 608

    private var places = [UInt32](repeating: 0, count: placesCount)
    private(set) var total: Int64 = 0
    private(set) var longest: Int64 = 0

    mutating func note(_ microseconds: Int64) {
        places[Self.place(of: min(max(microseconds, 0), Self.microsecondsMax))] += 1
        total += 1
        longest = max(longest, microseconds)
    }

    mutating func add(_ other: LatencyCounts) {
        for index in places.indices { places[index] += other.places[index] }
        total += other.total
        longest = max(longest, other.longest)
    }

    /// What so many of a hundred did not exceed.
    func bound(below percent: Int64) -> Int64 {
        let rank = (total * percent + 99) / 100
        guard rank > 0 else { return 0 }
        var seen: Int64 = 0
        for (place, count) in places.enumerated() {
            seen += Int64(count)
            if seen >= rank { return min(Self.upperBound(of: place), longest) }
        }
        return longest
    }

    private static func place(of microseconds: Int64) -> Int {
        guard microseconds >= 16 else { return Int(microseconds) }
        let exponent = 63 - microseconds.leadingZeroBitCount
        return (exponent - 3) * 16 + Int(microseconds >> (exponent - 4)) & 15
    }

    private static func upperBound(of place: Int) -> Int64 {
        guard place >= 16 else { return Int64(place) }
        let exponent = place / 16 + 3
        return (Int64(16 + place % 16 + 1) << (exponent - 4)) - 1
    }
}

extension Timestamp {
    /// Whole minutes since 1970.
    fileprivate var minute: Int64 { microseconds / 60_000_000 }
}

extension Duration {
    fileprivate var microseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}
