import FlowSchedule
import Primitives
import Testing

@Suite struct ScheduleExpressionTests {
    @Test func `every counts from its anchor and keeps its phase`() throws {
        let every = try ZoneFixtures.expression("@every 60m")
        let anchor = try time("2026-11-23T15:07:30Z")
        #expect(try every.next(after: anchor, anchor: anchor) == time("2026-11-23T16:07:30Z"))
        #expect(
            try every.next(after: time("2026-11-26T16:07:29Z"), anchor: anchor)
                == time("2026-11-26T16:07:30Z"))
        #expect(
            try every.next(after: time("2026-11-26T16:07:30Z"), anchor: anchor)
                == time("2026-11-26T17:07:30Z"))
        // A clock that was set back: not before the first interval is over.
        #expect(
            try every.next(after: time("2026-11-20T00:00:00Z"), anchor: anchor)
                == time("2026-11-23T16:07:30Z"))
        #expect(try every.next(after: anchor) == time("2026-11-23T16:07:30Z"))
    }

    @Test func `an expression is kept as it was given, without blanks around it`() throws {
        #expect(try ZoneFixtures.expression("  @every   5m ").text == "@every 5m")
        #expect(
            try ZoneFixtures.expression("CRON_TZ=Asia/Shanghai 0 0 4 1 * *").text
                == "CRON_TZ=Asia/Shanghai 0 0 4 1 * *")
    }

    @Test func `names may be written in small letters, and Sunday as 0, 7 and SUN`() throws {
        let sunday = try time("2026-11-29T00:00:00Z")
        for text in [
            "0 0 0 ? * 0", "0 0 0 ? * 7", "0 0 0 ? * sun", "0 0 0 * nov-dec SUN", "0 0 0 * * SUN-SUN",
        ] {
            #expect(
                try ZoneFixtures.expression(text).next(after: time("2026-11-23T15:00:00Z")) == sunday,
                "\(text)")
        }
    }

    @Test func `UTC under any of its names needs no database`() throws {
        for name in ["UTC", "Etc/UTC", "GMT"] {
            let expression = try ScheduleExpression("CRON_TZ=\(name) 0 0 4 * * *") { _ in
                .unreadable(reason: "nobody should ask")
            }
            #expect(
                try expression.next(after: time("2026-11-23T15:00:00Z")) == time("2026-11-24T04:00:00Z"))
        }
    }

    @Test func `missed times are counted up to a limit`() throws {
        let hourly = try ZoneFixtures.expression("0 0 * * * *")
        let (from, to) = (try time("2026-11-23T15:00:00Z"), try time("2026-11-24T15:00:00Z"))
        #expect(hourly.count(after: from, through: to, anchor: from, limit: 1000) == 24)
        #expect(hourly.count(after: from, through: to, anchor: from, limit: 10) == 10)
        #expect(hourly.count(after: to, through: to, anchor: from, limit: 10) == 0)
    }

    @Test func `after the year 9999 there is no next time`() throws {
        let late = try time("9999-12-31T23:59:30Z")
        for text in ["0 * * * * *", "0 0 0 * * *", "@every 1m", "CRON_TZ=Europe/Berlin 0 30 2 * * *"] {
            #expect(try ZoneFixtures.expression(text).next(after: late) == nil, "\(text)")
        }
    }
}

/// An expression that is refused, and words of the sentence that says why.
struct RefusedExpression: Sendable, CustomTestStringConvertible {
    let text: String
    let field: String
    let words: [String]

    init(_ text: String, _ field: String, _ words: String...) {
        self.text = text
        self.field = field
        self.words = words
    }

    var testDescription: String { text }
}

@Suite struct ScheduleFaultTests {
    @Test(arguments: [
        RefusedExpression("", "expression", "empty", "@every 60m"),
        RefusedExpression("* * * * *", "expression", "5 fields", "`0 * * * * *`"),
        RefusedExpression("0 0 0 1 1 ? 2027", "expression", "7 fields", "without a year"),
        RefusedExpression("CRON_TZ=Asia/Shanghai", "expression", "0 fields"),
        RefusedExpression("@daily", "expression", "@every", "`0 0 0 * * *`"),
        RefusedExpression("@reboot", "expression", "only word"),
        RefusedExpression("@every", "expression", "one number of minutes"),
        RefusedExpression("@every 2h", "interval", "2h", "minutes", "@every 120m"),
        RefusedExpression("@every 90s", "interval", "90s", "@every 60m"),
        RefusedExpression("@every 120s", "interval", "@every 2m"),
        RefusedExpression("@every 0m", "interval", "0m", "1 to 527040"),
        RefusedExpression("@every -5m", "interval", "-5m", "whole number"),
        RefusedExpression("@every 1.5m", "interval", "1.5m"),
        RefusedExpression("@every 99999999999999999999m", "interval", "whole number"),
        RefusedExpression("@every 600000m", "interval", "out of range"),
        RefusedExpression("TZ=Asia/Shanghai 0 0 4 1 * *", "time zone", "CRON_TZ=Asia/Shanghai"),
        RefusedExpression("CRON_TZ=Europe/Berln 0 0 4 1 * *", "time zone", "no such", "Europe/Berlin"),
        RefusedExpression("CRON_TZ=Berlin 0 0 4 1 * *", "time zone", "no such", "Europe/Berlin"),
        RefusedExpression("CRON_TZ=Europe 0 0 4 1 * *", "time zone", "no such"),
        RefusedExpression("CRON_TZ=../../etc/passwd 0 0 4 1 * *", "time zone", "no name", "Area/City"),
        RefusedExpression("CRON_TZ=/etc/localtime 0 0 4 1 * *", "time zone", "no name"),
        RefusedExpression("CRON_TZ= 0 0 4 1 * *", "time zone", "no name"),
        RefusedExpression("*/10 * * * * *", "seconds", "*/10", "one minute"),
        RefusedExpression("60 * * * * *", "seconds", "60", "0 to 59"),
        RefusedExpression("0,30 * * * * *", "seconds", "plain number"),
        RefusedExpression("0 60 * * * *", "minutes", "60 is not between 0 and 59"),
        RefusedExpression("0 ? * * * *", "minutes", "?", "write *"),
        RefusedExpression("0 5- * * * *", "minutes", "a number is missing"),
        RefusedExpression("0 ,5 * * * *", "minutes", "missing"),
        RefusedExpression("0 */0 * * * *", "minutes", "\"0\" is no step"),
        RefusedExpression("0 */x * * * *", "minutes", "\"x\" is no step"),
        RefusedExpression("0 1/2/3 * * * *", "minutes", "\"1/2/3\" is no value"),
        RefusedExpression("0 1-2-3 * * * *", "minutes", "no range"),
        RefusedExpression("0 0 22-3 * * *", "hours", "ends before it begins", "22-23,0-3"),
        RefusedExpression("0 0 24 * * *", "hours", "24 is not between 0 and 23"),
        RefusedExpression("0 0 0 0 * *", "day of month", "0 is not between 1 and 31"),
        RefusedExpression("0 0 0 L * *", "day of month", "L, W and #"),
        RefusedExpression("0 0 0 ?,5 * *", "day of month", "alone"),
        RefusedExpression("0 0 0 * ? *", "month", "write *"),
        RefusedExpression("0 0 0 1 13 *", "month", "13 is not between 1 and 12"),
        RefusedExpression("0 0 0 1 JUNE *", "month", "JUNE", "did you mean JUN"),
        RefusedExpression("0 0 0 ? * FRI-MON", "day of week", "ends before it begins", "FRI-SAT,SUN-MON"),
        RefusedExpression("0 0 0 ? * 8", "day of week", "8 is not between 0 and 7"),
        RefusedExpression("0 0 0 ? * 6#3", "day of week", "L, W and #"),
        RefusedExpression("0 0 0 ? * MOM", "day of week", "did you mean MON"),
        RefusedExpression("0 0 0 30 2 *", "day of month", "no month of \"2\" has a day 30", "29"),
        RefusedExpression("0 0 0 31 FEB,APR,JUN ?", "day of month", "never fire", "30"),
    ])
    func `a wrong expression is refused with the field, the text, the reason and the way out`(
        _ row: RefusedExpression
    ) {
        let fault = #expect(throws: ScheduleFault.self) { try ZoneFixtures.expression(row.text) }
        #expect(fault?.field == row.field)
        for word in row.words {
            #expect(fault?.description.contains(word) == true, "\(String(describing: fault))")
        }
    }

    @Test func `a day that one of the months has, or a weekday beside it, is enough`() throws {
        for text in ["0 0 0 30 2,3 *", "0 0 0 29 2 *", "0 0 0 30 2 MON", "0 0 0 31 * ?"] {
            _ = try ZoneFixtures.expression(text)
        }
    }

    @Test func `an expression has a length`() {
        let long = "0 " + Array(repeating: "59", count: 400).joined(separator: ",") + " * * * *"
        let fault = #expect(throws: ScheduleFault.self) { try ZoneFixtures.expression(long) }
        #expect(fault?.reason.contains("bytes") == true)
    }

    @Test func `without a database a zone is refused and says what to install`() {
        let missing = ZoneFixtures.folder + "-missing"
        let fault = #expect(throws: ScheduleFault.self) {
            try ScheduleExpression("CRON_TZ=Europe/Berlin 0 0 4 1 * *") { name in
                ZoneDatabaseUnderTest.lookUp(name, in: missing)
            }
        }
        #expect(fault?.description.contains("tzdata") == true && fault?.reason.contains(missing) == true)
    }
}
