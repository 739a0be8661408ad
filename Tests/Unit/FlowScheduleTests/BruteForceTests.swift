import Primitives
import Testing

@testable import FlowSchedule

/// A generator whose numbers follow from its seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

/// What a zone's clock shows, minute after minute, without asking the zone each time.
private struct Clock {
    let zone: ZoneRules
    private var piece: Range<Int64> = 0..<0
    private var offset: Int64 = 0

    init(_ zone: ZoneRules) { self.zone = zone }

    mutating func reading(at instant: Int64) -> Int64 {
        if !piece.contains(instant) {
            offset = zone.offset(at: instant)
            piece = instant..<(zone.nextChange(after: instant) ?? .max)
        }
        return instant + offset
    }
}

/// The promise of `next(after:)` written down as a look at every minute.
private struct MinuteScan {
    let fields: [Set<Int64>]
    let zone: ZoneRules
    private var isHourly: Bool { fields[1].count == 24 }

    func next(after instant: Int64, minutes limit: Int) -> Int64? {
        var clock = Clock(zone)
        let first = instant / 60 * 60
        // Three hours back, so that a reading that was shown before is known.
        var shown = (-180..<0).map { clock.reading(at: first + $0 * 60) }
        for minute in stride(from: first, to: first + Int64(limit) * 60, by: 60) {
            let reading = clock.reading(at: minute)
            let before = shown.last ?? reading
            if !isHourly, minute > instant, reading - before > 60 {
                let skipped = stride(from: before + 60, to: reading, by: 60)
                if skipped.contains(where: fits) { return minute }
            }
            if minute > instant, fits(reading), isHourly || !shown.suffix(180).contains(reading) {
                return minute
            }
            shown.append(reading)
        }
        return nil
    }

    private func fits(_ reading: Int64) -> Bool {
        guard fields[0].contains(reading / 60 % 60), fields[1].contains(reading / 3600 % 24) else {
            return false
        }
        let days = reading / 86_400
        let date = Timestamp.civil(fromDays: days)
        return fields[2].contains(date.day) && fields[3].contains(date.month)
            && fields[4].contains((days + 4) % 7)
    }
}

@Suite struct BruteForceTests {
    @Test func `random expressions around changes of the clock agree with a look at every minute`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let names = [
            "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai", "Europe/Dublin",
        ]
        let zones = try names.map(ZoneFixtures.zone)
        var compared = 0
        for _ in 0..<600 {
            let zone = try #require(zones.randomElement(using: &random))
            let (text, scan) = expression(in: zone, using: &random)
            let parsed = try ZoneFixtures.expression("CRON_TZ=\(zone.name) \(text)")
            var now = start(in: zone, using: &random)
            for _ in 0..<4 {
                let expected = scan.next(after: now, minutes: 60 * 24 * 4)
                let found = parsed.next(after: Timestamp(microseconds: now * 1_000_000))
                let next = try #require(found).microseconds / 1_000_000
                guard let expected else {
                    #expect(next > now + 86_400 * 4 - 120, "\(zone.name) \(text) after \(now), seed \(seed)")
                    break
                }
                compared += 1
                #expect(next == expected, "\(zone.name) \(text) after \(now), seed \(seed)")
                now = next
            }
        }
        #expect(compared > 800)
    }

    /// Within three days before a change of the clock, between 1995 and 2095.
    private func start(in zone: ZoneRules, using random: inout SeededGenerator) -> Int64 {
        let any = Int64.random(in: 788_918_400...3_944_678_400, using: &random)
        return (zone.nextChange(after: any) ?? any) - Int64.random(in: -7200...200_000, using: &random)
    }

    private func expression(
        in zone: ZoneRules, using random: inout SeededGenerator
    ) -> (String, MinuteScan) {
        var texts = ["0"]
        var fields: [Set<Int64>] = []
        for (range, open) in [(0...59, 3), (0...23, 3), (1...31, 8), (1...12, 9), (0...6, 5)]
            as [(ClosedRange<Int64>, Int)]
        {
            // One of the day fields stays open, so that the scan need not know how the two go together.
            let isOpen = Int.random(in: 0..<10, using: &random) < open || texts.count == 4 && texts[3] != "*"
            if isOpen || texts.count == 5 && texts[3] != "*" {
                texts.append("*")
                fields.append(Set(range))
                continue
            }
            let from = Int64.random(in: range, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                let step = Int64.random(in: 2...9, using: &random)
                texts.append("*/\(step)")
                fields.append(Set(stride(from: range.lowerBound, through: range.upperBound, by: Int(step))))
            case 1:
                let to = Int64.random(in: from...range.upperBound, using: &random)
                texts.append("\(from)-\(to)")
                fields.append(Set(from...to))
            case 2:
                let other = Int64.random(in: range, using: &random)
                texts.append("\(from),\(other)")
                fields.append([from, other])
            default:
                // Where most clocks change.
                let early = range == 0...23 ? from % 4 : from
                texts.append("\(early)")
                fields.append([early])
            }
        }
        return (texts.joined(separator: " "), MinuteScan(fields: fields, zone: zone))
    }
}
