import FlowEngineAPI
import HTTPMessage
import Testing

@testable import FlowPages

@Suite(.timeLimit(.minutes(1))) struct ComparingTests {
    @Test func `two versions are compared in words, in both pictures and by lines`() async throws {
        let console = try await Console()
        try await console.make("Order", Flows.hello)
        _ = await console.post("/console/flows/Order/publish", [])
        let seen = try await console.record("Order").lastModifiedTime
        _ = await console.edit("Order", Flows.twoSteps, "save", seen: seen)
        _ = await console.post("/console/flows/Order/publish", [])
        let page = await console.get("/console/flows/Order/compare?from=1&to=2", as: "read").text
        #expect(page.contains("data-step=\"rest\" data-change=\"added\""))
        #expect(
            page.contains(
                "Then it goes on to <ins><code>rest</code></ins> instead of <del><code>the end</code></del>"))
        #expect(page.contains("id=\"old-plain\"") && page.contains("id=\"new-plain\""))
        #expect(page.contains("<g class=\"step wait good\" data-step=\"rest\">"))
        #expect(page.contains("<tr class=\"added\"><td class=\"number\"></td><td class=\"number\">7</td>"))
        let swapped = await console.get("/console/flows/Order/compare?from=2&to=1").text
        #expect(swapped.contains("data-step=\"rest\" data-change=\"removed\""))
        let same = await console.get("/console/flows/Order/compare?from=2&to=LATEST").text
        #expect(same.contains("Both mean the same") && same.contains("Every line is the same"))
        #expect(await console.get("/console/flows/Order/compare?from=9").status == 404)
        #expect(await console.get("/console/flows/Order/versions/1", as: "read").text.contains("version 1"))
    }

    @Test(arguments: [
        ("", ""), ("a\n", "a\n"), ("", "a\nb\n"), ("a\nb\nc\n", "a\nc\n"), ("a\nb\n", "b\na\n"),
        ("x\na\nb\nc\ny\n", "x\nc\nb\nq\ny\n"), ("a\r\nb", "a\nb\n"),
    ])
    func `the kept and added lines make the new text, the kept and removed ones the old`(
        old: String, new: String
    ) {
        let difference = LineDifference(from: old, to: new)
        #expect(difference.lines.filter { $0.kind != .added }.map(\.text) == SourceLines.of(old))
        #expect(difference.lines.filter { $0.kind != .removed }.map(\.text) == SourceLines.of(new))
        #expect(difference.lines.compactMap(\.old) == Array(1..<(SourceLines.of(old).count + 1)))
        #expect(difference.isEmpty == (SourceLines.of(old) == SourceLines.of(new)))
    }

    @Test func `unchanged lines far from a change are counted only`() {
        let old = (1...20).map { "line \($0)" }
        var new = old
        new[9] = "another"
        let parts = LineDifference(from: old.joined(separator: "\n"), to: new.joined(separator: "\n")).parts()
        #expect(parts.first == .skipped(6) && parts.last == .skipped(7) && parts.count == 10)
    }

    @Test func `texts too long to be compared line by line are one change`() {
        let count = LineDifference.comparedMax
        let old = (1...count).map { "old \($0)" }.joined(separator: "\n")
        let new = (1...count).map { "new \($0)" }.joined(separator: "\n")
        let difference = LineDifference(from: "a\n\(old)\nz", to: "a\n\(new)\nz")
        #expect(difference.removedCount == count && difference.addedCount == count)
        #expect(difference.lines.first?.kind == .kept && difference.lines.last?.kind == .kept)
    }
}
