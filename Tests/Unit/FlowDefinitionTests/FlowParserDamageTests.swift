import FlowDefinition
import FlowModel
import FlowParsing
import Primitives
import Testing

/// The same numbers each time, so that a failure repeats.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let mixed = (state ^ state >> 29) &* 0xBF58_476D_1CE4_E5B9
        return mixed ^ mixed >> 32
    }
}

struct FlowParserDamageTests {
    static let pieces = [
        "*a", "&a ", "[", "]", "{", "}", ": ", "\"", "'", "\n", "- ", "\t", "$", "|", "?", "#", "ä", "\0",
        "!x ",
    ]

    @Test(arguments: 0..<20) func `a damaged definition is a fault or a flow, never a crash`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            var characters = Array(Samples.everything)
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0..<characters.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: characters.removeSubrange(place..<min(characters.count, place + 9))
                case 1:
                    characters.insert(
                        contentsOf: Self.pieces.randomElement(using: &generator) ?? "", at: place)
                default: characters.swapAt(place, Int.random(in: 0..<characters.count, using: &generator))
                }
            }
            let text = String(characters)
            let result = FlowParser.parse(text)
            let refused = result.diagnostics.contains { $0.severity == .error }
            #expect((result.definition == nil) == refused)
            for diagnostic in result.diagnostics { _ = diagnostic.text(file: "f", source: text) }
        }
    }

    @Test(arguments: 0..<20) func `a damaged condition is a fault or a condition, never a crash`(seed: UInt64)
    {
        var generator = SeededGenerator(seed: seed)
        let words = [
            "$", ".a", "['b']", "[0]", "[*]", "==", "&&", "||", "!", "-", "(", ")", "in", "1", "1e9", "\"x\"",
            "[", ",", "]",
        ]
        for _ in 0..<300 {
            let count = Int.random(in: 1...12, using: &generator)
            let text = (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }.joined(
                separator: " ")
            _ = (try? Condition(text))?.isTrue(for: ["a": ["b": [1, 2]]])
        }
    }
}
