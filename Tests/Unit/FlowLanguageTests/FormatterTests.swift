import FlowDefinition
import FlowParsing
import Foundation
import Testing

@Suite struct FormatterTests {
    private func formatted(_ text: String) throws -> String {
        let once = try FlowFormatter.format(text)
        #expect(try FlowFormatter.format(once) == once, "a second time changes nothing")
        let before = try #require(FlowParser.parse(text).definition)
        let after = try #require(FlowParser.parse(once).definition)
        #expect(FlowDifference(from: before, to: after).isEmpty, "it means the same")
        return once
    }

    @Test func `comments stay with what they are about`() throws {
        let text = """
            # The demo.
            version: v1   # as published
            type: flow

            # What runs.
            steps:
            # first
            -   type: pass
                # inside
                name: one     # its name
                # end: true

            -   # behind the dash
                type: wait
                name: two
                duration: 5
                # at the end of two
            # at the end of the list
            timeoutSeconds: 60
            # at the end
            """
        #expect(
            try formatted(text) == """
                # The demo.
                version: v1 # as published
                type: flow

                # What runs.
                steps:
                  # first
                  - type: pass
                    # inside
                    name: one # its name
                    # end: true

                  # behind the dash
                  - type: wait
                    name: two
                    duration: 5
                    # at the end of two
                # at the end of the list
                timeoutSeconds: 60
                # at the end

                """)
    }

    @Test func `a number sign inside a text is no comment`() throws {
        let text = """
            version: v1
            type: flow
            steps:
              - {type: fail, name: f, error: 'A #1', cause: "not # a comment"} # one
              - type: pass
                name: p
                outputMappings:
                  - target: text
                    source: |
                      line # one
                      # line two
                  # in front of the next
                  - target: more
                    source: a#b
            """
        #expect(
            try formatted(text) == """
                version: v1
                type: flow
                steps:
                  # one
                  - type: fail
                    name: f
                    error: "A #1"
                    cause: "not # a comment"
                  - type: pass
                    name: p
                    outputMappings:
                      - target: text
                        source: |
                          line # one
                          # line two
                      # in front of the next
                      - target: more
                        source: a#b

                """)
    }

    @Test func `what is in brackets stays there when it fits and says nothing beside`() throws {
        let text = """
            version: v1
            type: flow
            steps:
              - type: foreach
                name: each
                iterationMapping: { collection: $.names,item: name }
                outputMappings: [
                  {target: all, source: '$local[*].n'}, # every one
                  {target: none, source: []}
                ]
                steps: [{type: pass, name: inner}]
            """
        #expect(
            try formatted(text) == """
                version: v1
                type: flow
                steps:
                  - type: foreach
                    name: each
                    iterationMapping: {collection: $.names, item: name}
                    outputMappings:
                      - target: all
                        source: "$local[*].n" # every one
                      - {target: none, source: []}
                    steps:
                      - type: pass
                        name: inner

                """)
    }

    @Test func `JSON becomes YAML`() throws {
        let text = #"""
            {"version": "v1", "type": "flow", "steps": [{"type": "fail", "name": "a", "cause": "say \"no\" 😀"}]}
            """#
        #expect(
            try formatted(text) == """
                version: "v1"
                type: "flow"
                steps:
                  - type: "fail"
                    name: "a"
                    cause: 'say "no" 😀'

                """)
        _ = try formatted(text.replacing("😀", with: "\\ud83d\\ude00"))
    }

    @Test func `anchors, aliases, tags and odd layouts keep their meaning`() throws {
        let step = "type: task\n    name: a\n    resourceArn: acs:fc:::services/s/functions/f"
        let texts = [
            "version: v1\ntype: flow\nsteps:\n  - &one\n    type: pass\n    name: x\n    outputMappings: &m\n"
                + "      - {target: a, source: 1}\n  - type: pass\n    name: y\n    outputMappings: *m\n",
            "---\nversion: v1\ntype: flow\nsteps: [] # none\n...\n",
            "version: v1\r\ntype: flow\r\nsteps:\r\n  # c\r\n  - type: pass\r\n    name: a\r\n",
            "version: v1\ntype: flow\nsteps:\n  - \(step)\n    retry:\n    - errors:\n      - FnF.ALL # every\n"
                + "      # none other\n      maxAttempts: 2\n",
            "version: v1\ntype: flow\nsteps:\n-\n  # alone\n  type: pass\n  name: >-\n    folded\n\n",
            "version: v1\ntype: flow\nsteps:\n  - type: pass\n    name: a\n    description: words\n      go on\n"
                + "    outputMappings:\n      - target: e\n        source:\n      - target: 'q'\n        source: ''\n",
            "version: v1\ntype: flow\nsteps:\n- type: pass\n  name: a\n  outputMappings:\n  - target: l\n"
                + "    source: [[1, 2], [], {a: , b: [*x]}]\n".replacing("[*x]", with: "[1.50, 0x10, ~]"),
            "version: v1\ntype: flow\nsteps:\n- type: pass\n  name: a\n  outputMappings:\n  - target: l\n"
                + "    source:\n    - - 1 # one\n      # before two\n      - 2\n    -\n      - 3\n    # last\n",
            "version: v1\ntype: flow\nsteps:\n  - type: fail\n    name: a\n    cause: |\n      two\n\n      lines\n\n"
                + "\n    # behind\n    error: !Tag E\n",
        ]
        for text in texts { _ = try formatted(text) }
    }

    @Test func `random comments and blank lines never change the meaning or get lost`() throws {
        let sources = [Self.flow, Self.tight, try Self.example()]
        for source in sources {
            var seed: UInt64 = 20_261_123
            func random(_ bound: Int) -> Int {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int(seed >> 33) % bound
            }
            for round in 0..<200 {
                var lines: [String] = []
                for line in source.split(separator: "\n") {
                    if random(4) == 0 {
                        lines.append(String(repeating: " ", count: random(9)) + "# c\(round) \(lines.count)")
                    }
                    if random(6) == 0 { lines.append("") }
                    lines.append(random(5) == 0 ? "\(line)  # t\(lines.count)" : String(line))
                }
                _ = try formatted(lines.joined(separator: "\n"))
            }
        }
    }

    @Test func `a definition with errors is refused with all of them`() {
        #expect(throws: FormattingRefused.self) {
            try FlowFormatter.format("version: v1\ntype: flow\nsteps: 7\n")
        }
        #expect(throws: FormattingRefused.self) { try FlowFormatter.format("a: [") }
        #expect(throws: FormattingRefused.self) { try FlowFormatter.format("") }
    }

    @Test func `damaged text is refused, or keeps its meaning all the same`() throws {
        let alphabet = Array("#:-?,[]{}'\"|>&*!~% \n\t\\a1\u{2028}é").map { Array($0.unicodeScalars) }
        let sources = [Self.tight, Self.flow + "\n    error: |\n      # no comment\n    # one\n"]
        var seed: UInt64 = 7
        func random(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        var kept = 0
        var refused: [String] = []
        for round in 0..<1500 {
            var scalars = Array(sources[round % 2].unicodeScalars)
            for _ in 0...random(3) {
                let place = random(scalars.count)
                if random(3) == 0 { scalars.remove(at: place) }
                scalars.insert(contentsOf: alphabet[random(alphabet.count)], at: place)
            }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            let text = String(view)
            let once: String
            do throws(FormattingRefused) { once = try FlowFormatter.format(text) } catch {
                if case .unfaithful = error { refused.append(text) }
                continue
            }
            kept += 1
            let again = try? FlowFormatter.format(once)
            #expect(again == once, "round \(round): \(text)")
            let (before, after) = (FlowParser.parse(text).definition, FlowParser.parse(once).definition)
            let difference = FlowDifference(from: try #require(before), to: try #require(after))
            #expect(difference.isEmpty)
        }
        #expect(kept > 100)
        #expect(refused.isEmpty, "what is valid has a canonical form")
    }

    @Test func `the example that is installed is canonical`() throws {
        let example = try Self.example()
        #expect(try formatted(example) == example)
    }

    static func example() throws -> String {
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
        return try String(
            contentsOf: tests.appending(path: "../../../docs/examples/order-demo.yaml"), encoding: .utf8)
    }

    /// Lists at the indentation of their keys.
    static let tight = """
        version: v1
        type: flow
        steps:
        - type: foreach
          name: one
          iterationMapping: {collection: $.a, item: b}
          steps:
          - name: two
            type: task
            action: fnf:StartExecution
            retry:
            - errors:
              - FnF.ALL
              - Own
          outputMappings:
          - target: x
            source: "$local[*].x"
        - type: pass
          name: three
        """

    static let flow = """
        version: v1
        type: flow
        inputMappings:
          - target: a
            source: $input.a
        steps:
          - type: task
            name: one
            resourceArn: acs:mns:::/topics/t/messages
            retry:
              - errors:
                  - FnF.ALL
                maxAttempts: 2
            catch: [{errors: [FnF.ALL], goto: three}]
          - type: choice
            name: two
            choices:
              - condition: $.x == "y"
                goto: three
              - condition: '$.z'
                steps:
                  - type: pass
                    name: inner
          - type: pass
            name: three
        """
}
