import FlowDefinition
import FlowDrawing
import FlowModel
import FlowOracle
import FlowParsing
import FlowSimulation
import Foundation
import Primitives
import Testing

/// Texts that look like flows and have mistakes as people and tools make them: every one is refused with
/// faults, or is a flow that can be judged, drawn, written and run.
struct MutationTests {
    /// `SEED=…` repeats another run.
    private static let seed = ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init) ?? 20_261_124
    private static let texts = 3000

    private static let sample = """
        # 订单流程 — what a hand-written file has
        version: v1beta1
        type: flow
        x-retry: &retry {intervalSeconds: 3, maxAttempts: 2, multiplier: 1.5}
        steps:
          - type: task
            name: 查询  # a comment
            resourceArn: !Ref shop/query
            retry:
            - errors:
              # 可恢复错误
              - FC.Unknown
              <<: *retry
            catch: [{errors: [FnF.ALL], goto: failed}]
            serviceParams: {Body: "$.a['b c'][0]", n: 1}
          - type: choice
            name: more
            choices:
              - condition: $.marker != "" && ($.n >= 3 || $.state in ["a", 'b'])
                goto: 查询
            default:
              goto: done
          - {type: succeed, name: done, outputMappings: [{target: all, source: "$local"}]}
          - type: fail
            name: failed
            error: >-
              NoOrder
            cause: |
              line one
              line two
        """

    private static let pieces = [
        "<<: *retry", "*retry", "&a ", "!Ref a/b", "\t", "  ", "- ", ": ", "#", "'", "\"", "[", "]", "{", "}",
        "|",
        ">", "~", "null", "true", "3", "-1", "1e9", "$.x", "$input.x", "$local[*].y", "$context.task.token",
        "$",
        "type: task", "type: loop", "name: done", "steps: []", "steps:", "end: true", "goto: done", "---",
        "\u{FEFF}",
        "\u{FF1A}", "步骤", "<name>", "${x}", "x-y: 1", "duration: $.n",
    ]

    private var random = SeededGenerator(seed: Self.seed)

    private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }

    private mutating func original(_ round: Int) throws -> String {
        if round % 4 == 0 { return Self.sample }
        var generator = FlowGenerator(seed: Self.seed &+ UInt64(round))
        let text = generator.flow().text
        return round % 4 == 1 ? text : try FlowFormatter.format(text)
    }

    private mutating func mutated(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for _ in 0..<number(1..<4) {
            let place = number(0..<lines.count)
            var words = lines[place].split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            let word = number(0..<max(1, words.count))
            let piece = Self.pieces[number(0..<Self.pieces.count)]
            switch number(0..<9) {
            case 0: lines.remove(at: place)
            case 1: lines.insert(lines[place], at: number(0..<lines.count))
            case 2: lines.swapAt(place, number(0..<lines.count))
            case 3: lines[place] = String(repeating: " ", count: number(0..<5)) + lines[place]
            case 4: lines[place].removeFirst(min(lines[place].count, number(1..<5)))
            case 5: lines[place].removeLast(min(lines[place].count, number(1..<9)))
            case 6: lines.insert(piece, at: place)
            case 7 where !words.isEmpty:
                words[word] = piece
                lines[place] = words.joined(separator: " ")
            default: lines[place] += piece
            }
            if lines.isEmpty { lines = [""] }
        }
        return lines.joined(separator: number(0..<10) == 0 ? "\r\n" : "\n")
    }

    @Test mutating func `texts with mistakes are refused with faults, or are flows in every respect`() throws
    {
        var valid = 0
        var unfaithful = 0
        var slowest = Duration.zero
        for round in 0..<Self.texts {
            let text = mutated(try original(round))
            let begun = ContinuousClock.now
            let (definition, diagnostics) = FlowParser.validate(text)
            for diagnostic in diagnostics { _ = diagnostic.text(file: "f", source: text) }
            #expect((definition == nil) == diagnostics.contains { $0.severity == .error }, "\(text)")
            if let definition {
                valid += 1
                if try !writes(definition, text) { unfaithful += 1 }
                draw(definition)
                run(definition)
            }
            slowest = max(slowest, begun.duration(to: .now))
        }
        print("FlowMutation: \(Self.texts) texts, \(valid) of them flows, seed \(Self.seed)")
        #expect(valid > Self.texts / 20 && valid < Self.texts)
        #expect(unfaithful * 50 < valid, "\(unfaithful) of \(valid) could not be written in canonical form")
        #expect(slowest < .seconds(20))
    }

    /// False when the formatter says that it cannot keep everything.
    private func writes(_ definition: FlowDefinition, _ text: String) throws -> Bool {
        let once: String
        do { once = try FlowFormatter.format(text) } catch {
            if case .unfaithful = error { return false }
            Issue.record("\(error) of a valid text:\n\(text)")
            return true
        }
        #expect(try FlowFormatter.format(once) == once, "\(text)")
        let after = try #require(FlowParser.parse(once).definition)
        #expect(FlowDifference(from: definition, to: after).isEmpty, "\(text)")
        return true
    }

    private func draw(_ definition: FlowDefinition) {
        let graph = FlowGraph(definition, title: "f")
        #expect(!DotText.render(graph).isEmpty && !MermaidText.render(graph).isEmpty)
        #expect(SVGText.render(definition, title: "f").contains("</svg>"))
        #expect(!TreeText.render(definition, title: "f").isEmpty)
    }

    private func run(_ definition: FlowDefinition) {
        var bounds = SimulationBounds()
        bounds.eventsMax = 300
        var simulation = Simulation(definition, tasks: MockedTasks(.empty), bounds: bounds)
        _ = simulation.run(input: ["n": 1, "list": [1, 2], "s": "x", "state": "a", "marker": ""])
    }
}
