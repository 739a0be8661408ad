import BenchReport
import Testing

@Suite struct FigurePlotTests {
    private func figures(levels: [Int]) -> [Figure] {
        [
            Figure("three_tasks_per_s", 6000, "1/s", .atLeast(3000)),
            Figure("idle_rss_mib", 50, "MiB", .atMost(25)), Figure("binary_mib", 65, "MiB"),
        ]
            + levels.flatMap { level in
                [
                    Figure("three_tasks_per_s_\(level)", Double(level * 100), "1/s"),
                    Figure("three_tasks_p99_ms_\(level)", Double(level), "ms"),
                ]
            }
    }

    private func width(of word: String, in svg: String) throws -> Double {
        let match = try #require(
            svg.firstMatch(
                of: try Regex("class=\"\(word)\"[^>]* width=\"([0-9.]+)\"", as: (Substring, Substring).self)))
        return try #require(Double(match.1))
    }

    @Test func `a bar for each goal, as long as it is good`() throws {
        let svg = FigurePlot(title: "figures", figures: figures(levels: [])).svg
        #expect(svg.ranges(of: "<rect ").count == 2)
        // One reaches twice its goal, the other half of it.
        let ratio = try width(of: "met", in: svg) / width(of: "missed", in: svg)
        #expect(abs(ratio - 4) < 0.01)
        #expect(!svg.contains("binary_mib"))
        #expect(!svg.contains("<polyline"))
    }

    @Test func `two lines over the flows in flight`() {
        let svg = FigurePlot(title: "figures", figures: figures(levels: [256, 1, 16])).svg
        #expect(svg.ranges(of: "<polyline ").count == 2)
        let places = ["1", "16", "256"].compactMap { svg.firstRange(of: ">\($0)</text>")?.lowerBound }
        #expect(places.count == 3 && places == places.sorted())
    }

    @Test func `it is XML whatever the title holds`() {
        let svg = FigurePlot(title: "a < b & c", figures: figures(levels: [])).svg
        #expect(svg.contains("a &lt; b &amp; c"))
        #expect(svg.contains("(≥ 3000)"))
        #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n"))
    }
}
