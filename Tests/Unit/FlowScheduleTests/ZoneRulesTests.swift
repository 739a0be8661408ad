import Primitives
import Testing
import ZoneDatabase

@testable import FlowSchedule

enum ZoneDatabaseUnderTest {
    static func lookUp(_ name: String, in folder: String) -> ZoneLookup {
        ZoneDatabase(folder: folder).lookUp(name)
    }
}

@Suite struct ZoneRulesTests {
    /// Offsets in minutes, from python's `zoneinfo` over the same files.
    @Test(arguments: [
        ("Europe/Berlin", "1945-07-01T00:00:00Z", 180), ("Europe/Berlin", "1980-04-06T00:59:59Z", 60),
        ("Europe/Berlin", "1980-04-06T01:00:00Z", 120), ("Europe/Berlin", "2026-07-01T00:00:00Z", 120),
        ("Europe/Berlin", "2026-10-25T00:59:59Z", 120), ("Europe/Berlin", "2026-10-25T01:00:00Z", 60),
        ("Europe/Berlin", "2070-07-01T00:00:00Z", 120), ("Europe/Berlin", "2400-01-01T00:00:00Z", 60),
        ("America/New_York", "2040-03-11T06:59:59Z", -300),
        ("America/New_York", "2040-03-11T07:00:00Z", -240), ("Asia/Shanghai", "1988-07-01T00:00:00Z", 540),
        ("Asia/Shanghai", "2100-07-01T00:00:00Z", 480), ("Australia/Lord_Howe", "2050-01-01T00:00:00Z", 660),
        ("Australia/Lord_Howe", "2050-07-01T00:00:00Z", 630), ("Europe/Dublin", "2045-01-01T00:00:00Z", 0),
        ("Europe/Dublin", "2045-07-01T00:00:00Z", 60), ("America/Nuuk", "2040-03-25T00:59:59Z", -120),
        ("America/Nuuk", "2040-03-25T01:00:00Z", -60), ("Pacific/Apia", "2011-12-30T09:59:59Z", -600),
        ("Pacific/Apia", "2011-12-30T10:00:00Z", 840),
    ])
    func `a zone's clock is known in the past, now and far ahead`(name: String, at: String, minutes: Int64)
        throws
    {
        let seconds = try time(at).microseconds / 1_000_000
        #expect(try ZoneFixtures.zone(name).offset(at: seconds) == minutes * 60)
    }

    @Test func `changes follow each other without end or gap`() throws {
        for name in [
            "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Europe/Dublin", "America/Nuuk",
        ] {
            let zone = try ZoneFixtures.zone(name)
            var now = try time("2025-01-01T00:00:00Z").microseconds / 1_000_000
            var offset = zone.offset(at: now)
            var turns = 0
            for _ in 0..<150 {
                let change = try #require(zone.nextChange(after: now))
                #expect(change > now && change - now < 300 * 86_400, "\(name) \(now)")
                #expect(zone.offset(at: change - 1) == offset)
                turns += zone.offset(at: change) == offset ? 0 : 1
                offset = zone.offset(at: change)
                now = change
            }
            // A table may also note a change of the name alone.
            #expect(turns > 140, "\(name)")
        }
    }

    @Test func `a footer for summer time all year, and days counted from the new year, are understood`()
        throws
    {
        // Source: RFC 8536 §3.3.1, "XXX3EDT4,0/0,J365/23".
        let allYear = try ZoneTail("XXX3EDT4,0/0,J365/23")
        for text in [
            "2027-01-01T02:59:59Z", "2027-01-01T04:00:00Z", "2027-12-31T23:59:59Z", "2028-02-29T00:00:00Z",
        ] {
            #expect(try allYear.offset(at: time(text).microseconds / 1_000_000) == -4 * 3600, "\(text)")
        }
        let counted = try ZoneTail("AAA0BBB,J60/0,59/24")
        #expect(
            counted.summer?.begins.time(in: 2027) == (try time("2027-03-01T00:00:00Z").microseconds)
                / 1_000_000)
        #expect(
            counted.summer?.begins.time(in: 2028) == (try time("2028-03-01T00:00:00Z").microseconds)
                / 1_000_000)
        #expect(
            counted.summer?.ends.time(in: 2028) == (try time("2028-03-01T00:00:00Z").microseconds) / 1_000_000
        )
    }

    @Test(arguments: [
        "C", "CET", "CET-1CEST,", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0/3x", "<CET-1", "CET-25", "CET-1CEST,J0,J366",
        "CET-1CEST", "CET-1CEST,M3.5.0/200,M10.5.0",
    ]) func `a footer that is none is refused`(_ text: String) {
        #expect(throws: ZoneFault.self) { try ZoneTail(text) }
    }

    @Test func `a file that is cut at any byte, or is none, is refused and never read beyond its end`() throws
    {
        guard case .found(let bytes) = ZoneFixtures.database.lookUp("Europe/Berlin") else {
            Issue.record("the fixture is missing")
            return
        }
        for count in 0..<bytes.count {
            #expect(throws: ZoneFault.self) { try ZoneRules(name: "cut", tzif: Array(bytes[..<count])) }
        }
        #expect(throws: ZoneFault.self) {
            try ZoneRules(name: "text", tzif: Array(repeating: 0x41, count: 4096))
        }
        var old = bytes
        old[4] = 0
        #expect(throws: ZoneFault.self) { try ZoneRules(name: "old", tzif: old) }
        var greedy = bytes
        for index in 20..<44 { greedy[index] = 0xFF }
        #expect(throws: ZoneFault.self) { try ZoneRules(name: "greedy", tzif: greedy) }
    }

    @Test func `random bytes within a file never trap`() throws {
        guard case .found(let bytes) = ZoneFixtures.database.lookUp("Australia/Lord_Howe") else {
            Issue.record("the fixture is missing")
            return
        }
        var random = SeededGenerator(seed: 20_261_124)
        var read = 0
        for _ in 0..<2000 {
            var changed = bytes
            for _ in 0..<3 {
                changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            guard let zone = try? ZoneRules(name: "changed", tzif: changed) else { continue }
            read += 1
            _ = zone.instant(showing: 1_795_000_000)
            _ = zone.nextChange(after: 4_000_000_000)
        }
        #expect(read > 100)
    }
}
