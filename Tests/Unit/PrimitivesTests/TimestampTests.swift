import Primitives
import Testing

@Suite struct TimestampTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-11-23T09:30:00.000Z", 1_795_426_200_000_000),
            ("1969-12-31T23:59:59.999999Z", -1),
            ("2000-02-29T12:00:00+08:00", 951_796_800_000_000),
            ("2026-01-01t00:00:00z", 1_767_225_600_000_000),
            ("2026-01-01 00:00:00.1234567Z", 1_767_225_600_123_456),
        ] as [(String, Int64)])
    func `RFC 3339 is read to the microsecond`(text: String, microseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.microseconds == microseconds)
    }

    @Test(arguments: [
        "", "2026-11-23", "2026-11-23T09:30Z", "2026-11-23T09:30:00", "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z", "2026-11-31T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T09:60:00Z",
        "2026-11-23T09:30:00.Z",
        "2026-11-23T09:30:00Zx", "2026-11-23T09:30:00+0800", "2026-11-23T09:30:61Z",
    ])
    func `what is no time is refused`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test(arguments: [
        "1970-01-01T00:00:00.000Z", "2024-02-29T23:59:59.999Z", "2100-03-01T00:00:00.001Z",
        "1900-02-28T00:00:00.000Z",
        "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z",
    ])
    func `a time is written as it was read`(text: String) throws {
        #expect(try #require(Timestamp(rfc3339: text)).description == text)
    }

    @Test func `advancing beyond the end of time stops there`() {
        let now = Timestamp(microseconds: 1_000_000)
        #expect(now.advanced(by: .milliseconds(1500)).microseconds == 2_500_000)
        #expect(now.advanced(by: .seconds(Int64.max)).microseconds == .max)
        #expect(now.advanced(by: .seconds(Int64.min)).microseconds == .min)
        #expect(now.duration(to: Timestamp(microseconds: 3_000_000)) == .seconds(2))
    }

    @Test func `the nearest words come first and strangers are left out`() {
        let words = ["idleExitSeconds", "logLevel", "frameBytesMax"]
        #expect("idleExitSecond".nearest(in: words) == ["idleExitSeconds"])
        #expect("zzzzzz".nearest(in: words).isEmpty)
    }

    @Test func `a UUID has version 4 and is not the same twice`() {
        let (first, second) = (makeUUID(from: LiveWorld()), makeUUID(from: LiveWorld()))
        #expect(first.utf8.count == 36 && first != second)
        #expect(Array(first)[14] == "4")
    }
}
