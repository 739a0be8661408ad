import FlowModel
import FlowParsing
import Testing

/// Flows made to be hard: the validator answers in a moment and rather says nothing.
struct ValidationBoundTests {
    private func validate(_ steps: String) -> [Diagnostic] {
        let text = Validated.text(steps)
        let clock = ContinuousClock()
        let start = clock.now
        let result = FlowParser.validate(text)
        #expect(result.definition != nil, "\(result.diagnostics.first?.text(file: "f") ?? "")")
        #expect(clock.now - start < .seconds(30))
        return result.diagnostics
    }

    @Test func `a loop that nests a value in itself ends`() {
        let steps = """
            - {type: pass, name: a, outputMappings: [{target: x, source: 1}]}
            - {type: pass, name: b, inputMappings: [{target: l, source: $local}],
               outputMappings: [{target: x, source: $input}, {target: y, source: $input}]}
            - {type: choice, name: c, choices: [{condition: $.x, goto: b}], default: {}}
            """
        #expect(validate(steps).map(\.code) == [])
    }

    @Test func `loops within loops end`() {
        var inner = "{type: pass, name: deep, outputMappings: [{target: x, source: $input.x}]}"
        for level in 0..<24 {
            inner = """
                {type: pass, name: a\(level), outputMappings: [{target: k\(level), source: $input}]},
                {type: choice, name: c\(level), choices: [{condition: $.x, goto: a\(level), steps: [\(inner)]},
                 {condition: $.y, goto: a\(level)}], default: {}}
                """
        }
        _ = validate(" [\(inner)]".replacing("\n", with: "\n "))
    }

    @Test func `many steps that each set a key end`() {
        var steps = ""
        for index in 0..<4000 {
            steps += "- {type: pass, name: s\(index), outputMappings: [{target: k\(index), source: 1}]}\n"
        }
        #expect(validate(steps).isEmpty)
        var many = ""
        for index in 0..<2000 {
            many +=
                "- {type: pass, name: s\(index), inputMappings: [{target: x, source: $local.n\(index)}]}\n"
        }
        #expect(validate(many).count == 500)
    }

    @Test func `conditions with many paths end`() {
        let paths = (0..<40).map { "$.p\($0) == \"a\"" }
        let any = paths.joined(separator: " || ")
        let steps = (0..<200).map {
            "- {type: choice, name: c\($0), choices: [{condition: '\(any)'}, {condition: '!(\(any))'}]}"
        }
        #expect(validate(steps.joined(separator: "\n")).isEmpty)
    }

    @Test func `many policies and long constants end`() {
        let policy = "{errors: [E], multiplier: 1.0001, maxAttempts: 10000}"
        let policies = Array(repeating: policy, count: 2000).joined(separator: ", ")
        #expect(validate("- \(Validated.task("t", "retry: [\(policies)]"))").count == 500)
        let list = Array(repeating: "1", count: 100_000).joined(separator: ",")
        #expect(validate("- " + Validated.sets("p", "{target: x, source: [\(list)]}")).isEmpty)
    }

    @Test(arguments: 0..<10) func `a flow that lost some of its lines is judged, never a crash`(seed: UInt64)
    {
        var generator = SeededGenerator(seed: seed)
        var judged = 0
        for _ in 0..<60 {
            var lines = Samples.everything.split(separator: "\n")
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<lines.count, using: &generator)
                if Bool.random(using: &generator) {
                    lines.remove(at: place)
                } else {
                    lines.swapAt(place, Int.random(in: 0..<lines.count, using: &generator))
                }
            }
            let result = FlowParser.validate(lines.joined(separator: "\n"))
            if result.definition != nil { judged += 1 }
        }
        #expect(judged > 0)
    }
}
