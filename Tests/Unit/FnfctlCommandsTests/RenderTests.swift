import ConfigurationFile
import Primitives
import Testing

@testable import FnfctlCommands

@Suite struct RenderTests {
    private let table = Table(
        columns: ["Name", .init("Count", isNumber: true), .init("Text", isElastic: true)],
        rows: [
            ["a", "1", "short"],
            ["long-name", "1000", Cell("a text of many words that goes on and on", .bad)],
        ])

    private func text(_ table: Table, _ terminal: Terminal) -> String { TableText.render(table, terminal) }

    @Test func `a table is aligned, and nothing is cut or coloured in a pipe`() {
        #expect(
            text(table, .plain) == """
                Name       Count  Text
                a              1  short
                long-name   1000  a text of many words that goes on and on

                """)
    }

    @Test func `a narrow terminal cuts the elastic column only`() {
        let lines = text(table, Terminal(columns: 32, hasColours: false)).split(separator: "\n")
        #expect(lines[2] == "long-name   1000  a text of man…")
        #expect(lines.allSatisfy { String($0).displayWidth <= 32 })
    }

    @Test func `colours are for terminals that take them`() {
        let coloured = text(table, Terminal(columns: 200, hasColours: true))
        #expect(coloured.contains("\u{1B}[31ma text of many words"))
        #expect(coloured.contains("\u{1B}[1mName"))
    }

    @Test func `wide characters take two columns`() {
        #expect("西湖".displayWidth == 4)
        #expect("西湖一号".fitted(to: 5) == "西湖…")
        let table = Table(columns: ["A", "B"], rows: [["西湖", "x"], ["four", "y"]])
        #expect(text(table, .plain) == "A     B\n西湖  x\nfour  y\n")
    }

    @Test func `line breaks and escapes do not break a table`() {
        let table = Table(columns: ["A", "B"], rows: [["one\ntwo", "\u{1B}[2Jx"]])
        #expect(text(table, .plain) == "A        B\none two   [2Jx\n")
    }

    @Test func `a table without rows says so`() {
        #expect(
            text(Table(columns: ["A"], rows: [], empty: "no order matches"), .plain) == "no order matches\n")
    }

    @Test func `fields stand under each other`() {
        let blocks: [Report.Block] = [
            .fields([.init("Order", "o-1"), .init("Waits for", "payment\nsince long")]), .heading("Changes"),
            .text("none"),
        ]
        #expect(
            Render.blocks(blocks, .plain)
                == "Order:      o-1\nWaits for:  payment\n            since long\n\nChanges\nnone\n")
    }

    @Test func `each form shows the same report`() {
        let report = Report(json: ["a": [1, 2]], names: ["x", "y"], blocks: [.text("for people")])
        func text(_ format: OutputFormat) -> String {
            Render.text(report, as: format, on: .plain, now: Stage.now)
        }
        #expect(text(.table) == "for people\n")
        #expect(text(.json) == "{\n  \"a\": [\n    1,\n    2\n  ]\n}\n")
        #expect(text(.yaml) == "a:\n  - 1\n  - 2\n")
        #expect(text(.name) == "x\ny\n")
    }

    @Test func `NO_COLOR wins over FORCE_COLOR`() {
        #expect(Terminal.detect(-1) { $0 == "FORCE_COLOR" ? "1" : nil }.hasColours)
        #expect(!Terminal.detect(-1) { _ in "1" }.hasColours)
        #expect(!Terminal.detect(-1) { _ in nil }.hasColours)
    }
}

@Suite struct YAMLTextTests {
    @Test func `texts that YAML would take for something else are quoted`() {
        for text in [
            "true", "No", "null", "~", "1", "1e3", "2026-11-23", "a: b", "a #b", "-", "", " a", "a ", "@x",
            "*",
        ] {
            #expect(YAMLText.plain(text) == JSONValue.string(text).text)
        }
        #expect(YAMLText.plain("West Lake 1") == "West Lake 1")
    }

    @Test func `a definition stays readable`() {
        #expect(
            YAMLText.document(["d": "version: v1\n\nsteps: []\n", "e": "two\nlines"])
                == "d: |\n  version: v1\n\n  steps: []\ne: |-\n  two\n  lines\n")
    }

    @Test func `a list of objects`() {
        #expect(
            YAMLText.document([["a": 1, "b": ["c": []]], [[1], "x"]])
                == "- a: 1\n  b:\n    c: []\n-\n  -\n    - 1\n  - x\n")
    }

    @Test(arguments: [
        "plain", "with \"quotes\"", "tab\there", "end\n\n", "\nbegin", " blank\nlines ", "西湖 1", "- dash",
        "a:\n  b", "#x\ny",
        "trailing \nspace", "\u{7F}\u{85}\u{FEFF}\u{2028}", "…\nx",
    ]) func `a YAML reader reads back what was written`(text: String) throws {
        let value: JSONValue = ["key": ["inner": [.string(text), ["deep": .string(text)]]]]
        let read = try ConfigurationFile.parse(YAMLText.document(value), file: "test")
        #expect(read.json == value)
    }
}

@Suite struct TimeTextTests {
    @Test(arguments: [
        ("2026-11-23T09:30:00.000Z", "now"), ("2026-11-23T09:29:15.000Z", "45 s ago"),
        ("2026-11-23T09:34:10.000Z", "in 4 min 10 s"), ("2026-11-23T08:59:00.000Z", "31 min ago"),
        ("2026-11-23T06:10:00.000Z", "3 h 20 min ago"), ("2026-11-11T09:30:00.000Z", "12 d ago"),
        ("soon", "soon"), ("", "-"),
    ]) func `times are told from now`(time: String, text: String) {
        #expect(TimeText.relative(time, now: Stage.now) == text)
    }

    @Test func `a full time has both`() {
        #expect(
            TimeText.full("2026-11-23T09:25:00.000Z", now: Stage.now) == "2026-11-23 09:25:00Z (5 min ago)")
    }
}
