import FlowDefinition
import FlowModel
import FlowOracle
import FlowParsing
import FlowSimulation
import Primitives
import Testing

/// Damaged and hostile text: an answer each time, soon, and no trap.
struct DamageTests {
    static let pieces = [
        "$", ".", "..", "[", "]", "[*]", "[0]", "[99999999999999999999]", "['", "'", "\"", "`", "(", ")", "!",
        "-",
        "==", "!=", "<", ">=", "&&", "||", "&", "=", "in", "true", "null", "1", "1e999", "-1.5", "key",
        "ключ",
        "\\", "\u{0}", " ", "\n", ",", "{", "}", ":", "- ", "*a", "&a", "|", ">", "%", "#", "\t", "👩‍👩‍👧",
    ]

    private func text(_ generator: inout SeededGenerator, pieces count: Int) -> String {
        (0..<Int.random(in: 0...count, using: &generator)).map { _ in
            Self.pieces.randomElement(using: &generator) ?? ""
        }.joined()
    }

    @Test func `random conditions and paths are read or refused, and what is read can be evaluated`() {
        var generator = SeededGenerator(seed: 3)
        var read = 0
        for _ in 0..<20_000 {
            let text = text(&generator, pieces: 12)
            if let condition = try? Condition(text) {
                read += 1
                _ = condition.isTrue(for: ["key": [1, ["key": "x"]], "ключ": nil])
            }
            if let path = try? JSONPath("$" + text, root: "$") {
                read += 1
                _ = path.value(in: ["key": [[1], ["key": []]]])
                #expect((try? JSONPath("$" + path.text, root: "$")) == path)
            }
            _ = try? MappingSource(.string("$input" + text))
            _ = try? ResourceName("acs:" + text)
        }
        #expect(read > 1000)
    }

    @Test func `nesting in a condition is bounded, and a long one is refused or read at once`() {
        for (open, close) in [("(", ")"), ("[", "]"), ("!", ""), ("-", "")] {
            let deep =
                String(repeating: open, count: 200_000) + "1" + String(repeating: close, count: 200_000)
            #expect(throws: ExpressionFault.self) { try Condition(deep) }
        }
        #expect(throws: ExpressionFault.self) {
            try Condition(Array(repeating: "$.a == 1", count: 100_000).joined(separator: " && "))
        }
        #expect(throws: ExpressionFault.self) {
            try JSONPath("$" + String(repeating: "[*]", count: 100_000), root: "$")
        }
    }

    @Test func `random bytes are no flow`() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 0...300, using: &generator)).map { _ in
                UInt8.random(in: .min ... .max, using: &generator)
            }
            #expect(FlowParser.parse(String(decoding: bytes, as: UTF8.self)).definition == nil)
        }
    }

    /// What is still a flow also runs, within bounds.
    @Test func `flows with random damage are refused or run`() {
        var generator = SeededGenerator(seed: 5)
        var ran = 0
        for number in 0..<1500 {
            var flows = FlowGenerator(seed: UInt64(number))
            var bytes = Array(flows.flow().text.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0x20...0x7E, using: &generator)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(contentsOf: Array(text(&generator, pieces: 2).utf8), at: place)
                default: bytes.removeSubrange(place..<min(place + 30, bytes.count - 1))
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            guard let definition = FlowParser.parse(text).definition else { continue }
            ran += 1
            var bounds = SimulationBounds()
            bounds.eventsMax = 300
            var simulation = Simulation(definition, tasks: MockedTasks(.empty), bounds: bounds)
            _ = simulation.run(input: flows.input())
        }
        #expect(ran > 100)
    }

    @Test(arguments: [
        "[", "{", "{\"a\":", "- ", "? ", "[{", "&a [", "!!x ", "\"", "'", "*", "#", "|\n ", "a: ",
    ])
    func `a megabyte of it is refused soon`(piece: String) {
        let text = String(repeating: piece, count: 1_000_000 / piece.utf8.count)
        let begun = ContinuousClock.now
        let result = FlowParser.parse(text)
        #expect(result.definition == nil && !result.diagnostics.isEmpty)
        #expect(begun.duration(to: .now) < .seconds(20))
    }

    @Test func `aliases that multiply are refused before they do`() {
        var bomb = "version: v1\ntype: flow\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            let alias = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            bomb += "a\(level): &a\(level) [\(alias)]\n"
        }
        let result = FlowParser.parse(bomb + "steps: []\n")
        #expect(result.definition == nil)
        #expect(result.diagnostics.contains { $0.code == "too-many-nodes" || $0.code == "too-deep" })
        let chain = (1...5000).map { "a\($0): &a\($0) [*a\($0 - 1)]\n" }.joined()
        let deep = FlowParser.parse("a0: &a0 [x]\n" + chain)
        #expect(deep.definition == nil)
    }

    @Test func `steps within steps are refused beyond the named limit`() {
        var text = "{type: pass, name: p}"
        for level in 0..<200 {
            text = "{type: parallel, name: s\(level), branches: [{steps: [\(text)]}]}"
        }
        let result = FlowParser.parse("version: v1\ntype: flow\nsteps: [\(text)]\n")
        #expect(result.definition == nil)
    }
}
