import BenchReport
import Testing

@Suite struct MarkedBlockTests {
    private let block = MarkedBlock("figures")

    @Test func `what stands between the marks is replaced, all else stays`() throws {
        let text = "before\n\(block.empty)\nafter\n"
        let once = try #require(block.replaced(in: text, by: "| a |"))
        #expect(once.hasPrefix("before\n") && once.hasSuffix("\nafter\n"))
        #expect(once.contains("| a |"))
        let twice = try #require(block.replaced(in: once, by: "| b |"))
        #expect(twice == once.replacing("| a |", with: "| b |"))
    }

    @Test func `a text without the marks, or with one of them, is left alone`() {
        #expect(block.replaced(in: "no marks", by: "x") == nil)
        #expect(block.replaced(in: String(block.empty.dropLast(4)), by: "x") == nil)
        #expect(block.replaced(in: MarkedBlock("other").empty, by: "x") == nil)
    }
}
