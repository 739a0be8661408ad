import BenchReport
import Primitives
import Testing

@Suite struct ResultTextTests {
    private let machine = [(name: "cpu", value: "AMD EPYC"), (name: "cores", value: "2")]
    private let figures = [
        Figure("disk_sync_p50_ms", 0.125, "ms"),
        Figure("three_tasks_per_s", 3500, "1/s", .atLeast(3000)),
        Figure("three_tasks_alone_p50_ms", 2, "ms", .atMost(1.5), limit: "disk_sync_p50_ms"),
    ]

    @Test func `the terminal's table tells what was missed, and how many goals there are`() {
        let text = ResultTable(machine: machine, figures: figures).text
        let lines = text.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("cpu") && $0.hasSuffix("AMD EPYC") })
        #expect(lines.contains { $0.hasPrefix("three_tasks_per_s") && $0.hasSuffix("≥ 3000    ok") })
        #expect(
            lines.contains {
                $0.hasPrefix("three_tasks_alone_p50_ms") && $0.contains("MISSED")
                    && $0.hasSuffix("16.00 × disk_sync_p50_ms")
            })
        #expect(text.hasSuffix("1 of 2 goals met; missed: three_tasks_alone_p50_ms"))
    }

    @Test func `without goals nothing is counted`() {
        let text = ResultTable(machine: machine, figures: [figures[0]]).text
        #expect(!text.contains("goals"))
    }

    @Test func `a program reads machine and figures, names and units as they were given`() throws {
        let document = try JSONParser.parse(ResultDocument(machine: machine, figures: figures).text)
        #expect(document["machine"]?["cores"] == "2")
        let rows = try #require(document["figures"]?.arrayValue)
        #expect(rows.count == 3)
        #expect(rows[1]["name"] == "three_tasks_per_s")
        #expect(rows[1]["value"]?.doubleValue == 3500)
        #expect(rows[1]["unit"] == "1/s")
        #expect(rows[1].objectValue?.count == 3)
    }

    @Test func `what could not be told is null`() throws {
        let document = try JSONParser.parse(
            ResultDocument(
                machine: [], figures: [Figure("ratio", .nan, "1"), Figure("rate", .infinity, "1/s")]
            )
            .text)
        #expect(document["figures"]?.arrayValue?.map { $0["value"] } == [.null, .null])
    }

    @Test func `the document's table has those with goals first`() {
        let lines = MarkdownTable(machine: machine, figures: figures).text.split(separator: "\n")
        #expect(lines[0] == "Machine: AMD EPYC, 2.")
        #expect(lines[3] == "| `three_tasks_per_s` | 3,500 a second | ≥ 3000 | met |  |")
        #expect(lines[4].contains("**missed**"))
        #expect(lines[5] == "| `disk_sync_p50_ms` | 0.125 ms |  |  |  |")
    }
}
