import Glibc
import Primitives
import Synchronization
import Testing

@testable import FnfctlCommands

@Suite struct LogsTests {
    @Test func `an order's lines are its own and its execution's`() {
        let filter = LogFilter(order: "o-1")
        #expect(filter.journalMatches == ["FNF_ORDER=o-1", "+", "FNF_EXECUTION=o-1"])
        #expect(filter.matches(["order": "o-1"]))
        #expect(filter.matches(["execution": "o-1"]))
        #expect(!filter.matches(["order": "o-2", "message": "o-1"]))
    }

    @Test func `a flow narrows, or stands alone`() {
        let narrowed = LogFilter(execution: "e", flow: "F")
        #expect(narrowed.journalMatches == ["FNF_EXECUTION=e", "FNF_FLOW=F"])
        #expect(!narrowed.matches(["execution": "e", "flow": "G"]))
        #expect(LogFilter(flow: "F").journalMatches == ["FNF_FLOW=F"])
    }

    @Test func `journalctl is asked for all lines when it follows`() {
        let arguments = LogsVerb.journalArguments(LogFilter(order: "o"), follow: true, json: false)
        #expect(
            arguments == [
                "journalctl", "--output=short-precise", "--follow", "--lines=all", "FNF_ORDER=o", "+",
                "FNF_EXECUTION=o",
            ])
    }

    private static func line(_ number: Int, order: String = "o-1") -> String {
        #"{"time":"2026-11-23T09:30:00.00\#(number)Z","priority":6,"service":"order-store","#
            + #""message":"line \#(number)","order":"\#(order)"}"# + "\n"
    }

    @Test func `the log of up is read from its oldest file on`() throws {
        let file = try TemporaryFile(Self.line(2) + "cut off by a cra\n" + Self.line(3))
        #expect(link(file.path, "\(file.path).1") == 0)
        unlink(file.path)
        try file.append(Self.line(4))
        var reader = LogFileReader(path: file.path)
        var messages: [String] = []
        try reader.readAll { fields, _ in messages.append(fields["message"]?.stringValue ?? "") }
        #expect(messages == ["line 2", "line 3", "line 4"])
    }

    @Test func `following goes over to the file that takes the place of a full one`() async throws {
        let file = try TemporaryFile(Self.line(1))
        let path = file.path
        let (messages, continuation) = AsyncStream<String>.makeStream()
        let reading = Task {
            var reader = LogFileReader(path: path)
            let take = { (fields: JSONObject, _: String) in
                _ = continuation.yield(fields["message"]?.stringValue ?? "")
            }
            try reader.readAll(take)
            await reader.follow(take)
        }
        var iterator = messages.makeAsyncIterator()
        #expect(await iterator.next() == "line 1")
        try file.append(Self.line(2))
        #expect(await iterator.next() == "line 2")
        try file.append(Self.line(3))
        #expect(rename(path, "\(path).1") == 0)
        try file.append(Self.line(4))
        #expect(await iterator.next() == "line 3")
        #expect(await iterator.next() == "line 4")
        reading.cancel()
        try await reading.value
    }

    @Test func `a line for people has time, service, message and the rest`() throws {
        let fields = try #require(try JSONParser.parse(Self.line(1)).objectValue)
        #expect(LogLineText.text(fields, .plain) == "09:30:00.001 order-store:     line 1 (order=o-1)")
        #expect(LogLineText.text(fields, .plain, known: ["o-1"]) == "09:30:00.001 order-store:     line 1")
        let coloured = LogLineText.text(fields, Terminal(columns: 80, hasColours: true))
        #expect(coloured.contains("\u{1B}[35morder-store:\u{1B}[0m"))
    }

    @Test func `each service has a colour of its own, and so has a stranger`() {
        let terminal = Terminal(columns: 80, hasColours: true)
        let heads = (ServiceName.allCases.map(\.rawValue) + ["stranger"]).map { name in
            LogLineText.head(name, time: nil, terminal).replacing(name, with: "")
        }
        #expect(Set(heads.map { $0.filter { $0 != " " } }).count == ServiceName.allCases.count + 1)
    }
}
