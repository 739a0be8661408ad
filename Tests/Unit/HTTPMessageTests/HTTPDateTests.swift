import HTTPMessage
import Primitives
import Testing

struct HTTPDateTests {
    @Test(arguments: [
        ("1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("2026-11-23T15:49:52Z", "Mon, 23 Nov 2026 15:49:52 GMT"),
        ("1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ("2000-02-29T23:59:59Z", "Tue, 29 Feb 2000 23:59:59 GMT"),
    ])
    func `a date is written as the standard's preferred form and read back`(_ time: String, _ text: String)
        throws
    {
        let time = try #require(Timestamp(rfc3339: time))
        #expect(HTTPDate.text(time) == text)
        #expect(HTTPDate.time(of: text) == time)
    }

    @Test(arguments: [
        "", "Mon, 23 Nov 2026 15:49:52", "Mon, 23 Nov 2026 15:49:52 UTC", "Mon, 23 Nov 2026 15:49:52 +0000",
        "Mon 23 Nov 2026 15:49:52 GMT", "Xxx, 23 Nov 2026 15:49:52 GMT", "Mon, 31 Nov 2026 15:49:52 GMT",
        "Mon, 23 nov 2026 15:49:52 GMT", "Mon, 3 Nov 2026 15:49:52 GMT", "Mon, 23 Nov 26 15:49:52 GMT",
        "Mon, 23 Nov 2026 24:00:00 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    ])
    func `anything else is no date`(_ text: String) { #expect(HTTPDate.time(of: text) == nil) }
}
