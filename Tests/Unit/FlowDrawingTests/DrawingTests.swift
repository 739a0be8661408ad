import FlowDefinition
import FlowDrawing
import Testing

@Suite struct DrawingTests {
    static let steps = """
          - type: task
            name: call
            resourceArn: acs:fc:::services/s/functions/f
            catch:
              - errors: [FnF.TaskTimeout, Own]
                goto: last
          - type: choice
            name: which
            choices:
              - condition: $.a == "<b>" && $.c > 1
                steps:
                  - {type: wait, name: pause, duration: 120}
                goto: call
              - condition: $.d
          - type: parallel
            name: both
            branches:
              - steps: [{type: pass, name: left}]
              - steps: [{type: fail, name: right, error: Own}]
          - type: foreach
            name: each
            iterationMapping: {collection: $.items, item: item}
            steps:
              - {type: pass, name: one, end: true}
              - {type: pass, name: two}
          - {type: succeed, name: done}
          - {type: pass, name: last}
        """

    @Test func `the wires say what runs after what, and why`() throws {
        let wires = FlowGraph(try flow(Self.steps)).edges
        let expected: [FlowWire] = [
            FlowWire(from: .start, to: .step("call"), kind: .next),
            FlowWire(from: .step("call"), to: .step("which"), kind: .next),
            FlowWire(from: .step("call"), to: .step("last"), kind: .caught(["FnF.TaskTimeout", "Own"])),
            FlowWire(
                from: .step("which"), to: .step("pause"), kind: .condition("$.a == \"<b>\" && $.c > 1")),
            FlowWire(from: .step("pause"), to: .step("call"), kind: .goto),
            FlowWire(from: .step("which"), to: .step("both"), kind: .condition("$.d")),
            FlowWire(from: .step("which"), to: .step("both"), kind: .noneHolds),
            FlowWire(from: .step("both"), to: .step("each"), kind: .next),
            FlowWire(from: .step("both"), to: .step("left"), kind: .branch(0)),
            FlowWire(from: .step("left"), to: .threadEnd(of: "both"), kind: .next),
            FlowWire(from: .step("both"), to: .step("right"), kind: .branch(1)),
            FlowWire(from: .step("each"), to: .step("done"), kind: .next),
            FlowWire(from: .step("each"), to: .step("one"), kind: .iteration),
            FlowWire(from: .step("one"), to: .threadEnd(of: "each"), kind: .next),
            FlowWire(from: .step("two"), to: .threadEnd(of: "each"), kind: .next),
            FlowWire(from: .step("done"), to: .end, kind: .next),
            FlowWire(from: .step("last"), to: .end, kind: .next),
        ]
        #expect(wires == expected)
    }

    @Test func `the tree shows steps, branches, jumps and ends`() throws {
        #expect(
            TreeText.render(try flow(Self.steps), title: "demo") == """
                demo
                ├─ call  [task]  function f
                │  └─ catch FnF.TaskTimeout, Own → last
                ├─ which  [choice]
                │  ├─ if $.a == "<b>" && $.c > 1
                │  │  ├─ pause  [wait]  for 2 min
                │  │  └─ → call
                │  └─ if $.d
                ├─ both  [parallel]  2 branches at once
                │  ├─ branch 0
                │  │  └─ left  [pass]
                │  └─ branch 1
                │     └─ right  [fail]  Own
                ├─ each  [foreach]  each $.items as item
                │  ├─ one  [pass · end]  ■
                │  └─ two  [pass]
                ├─ done  [succeed]  ■
                └─ last  [pass]

                """)
    }

    @Test func `mermaid has a node for each step and no label that ends early`() throws {
        let text = MermaidText.render(FlowGraph(try flow(Self.steps)))
        #expect(text.hasPrefix("flowchart TD\n"))
        #expect(text.contains(##"n1 -->|"$.a == #quot;#lt;b#gt;#quot; && $.c #gt; 1"| n2"##))
        #expect(text.contains(#"n0 -.->|"FnF.TaskTimeout, Own"| "#))
        #expect(text.contains("subgraph n3s"))
        for line in text.split(separator: "\n") { #expect(line.count { $0 == "\"" }.isMultiple(of: 2)) }
    }

    @Test func `dot has balanced braces and quoted labels`() throws {
        let text = DotText.render(FlowGraph(try flow(Self.steps), title: "a \"b\""))
        #expect(text.contains(#"label="a \"b\"""#))
        #expect(text.contains(#"n1 -> n2 [label="$.a == \"<b>\" && $.c > 1"]"#))
        #expect(text.contains("subgraph cluster_n3 {"))
        #expect(text.count { $0 == "{" } == text.count { $0 == "}" })
    }

    @Test func `the picture is well-formed, names every step, and nothing lies outside`() throws {
        let text = SVGText.render(try flow(Self.steps), title: "a & b")
        #expect(text.contains("<title>a &amp; b</title>"))
        #expect(text.contains("$.a == &quot;&lt;b&gt;&quot; &amp;&amp; $.c &gt; 1"))
        for name in ["call", "which", "pause", "both", "left", "right", "each", "one", "two", "done", "last"]
        {
            #expect(text.contains(">\(name)</text>"), "\(name) is drawn")
        }
        try checkElements(text)
        let size = try #require(text.firstMatch(of: /width="([\d.]+)" height="([\d.]+)"/))
        let (width, height) = (try #require(Double(size.1)), try #require(Double(size.2)))
        for match in text.matches(
            of: /<rect x="(-?[\d.]+)" y="(-?[\d.]+)" width="([\d.]+)" height="([\d.]+)"/)
        {
            let (x, y) = (try #require(Double(match.1)), try #require(Double(match.2)))
            #expect(x >= 0 && y >= 0)
            #expect(try x + #require(Double(match.3)) <= width && y + #require(Double(match.4)) <= height)
        }
        for match in text.matches(of: /[ML](-?[\d.]+) (-?[\d.]+)/) where text[match.range].hasPrefix("L") {
            #expect(try #require(Double(match.1)) >= 0 && #require(Double(match.1)) <= width)
        }
    }

    @Test
    func `a picture inside a page has no style of its own, names its steps and tells them apart by marks`()
        throws
    {
        let marks = [
            "call": StepMark("run", note: "2 attempts <b>", link: "/console/x?step=call&a=\"1\""),
            "both": StepMark("good"), "done": StepMark(link: "javascript:alert(1)"),
            "last": StepMark(link: "//elsewhere"),
        ]
        let text = SVGText.embedded(try flow(Self.steps), title: "a & \"b\"", name: "now", marks: marks)
        try checkElements(text)
        #expect(!text.contains("<style") && !text.contains("style=") && !text.contains("javascript"))
        #expect(!text.contains("elsewhere"))
        #expect(text.contains("role=\"group\" aria-label=\"a &amp; &quot;b&quot;\""))
        #expect(
            text.contains("<a href=\"/console/x?step=call&amp;a=&quot;1&quot;\"><g class=\"step task run\""))
        #expect(text.contains("2 attempts &lt;b&gt;</text>"))
        #expect(text.contains("<g class=\"group parallel good\">"))
        #expect(text.contains("data-step=\"which\"") && text.contains("id=\"now-jump\""))
        #expect(text.matches(of: /url\(#([a-z-]+)\)/).allSatisfy { $0.1.hasPrefix("now-") })
        #expect(SVGText.embedded(try flow(Self.steps), title: "").contains("role=\"img\""))
    }

    /// Every element that is opened is closed, in order.
    private func checkElements(_ text: String) throws {
        var open: [Substring] = []
        for match in text.matches(of: /<(\/?)([a-z]+)[^>]*?(\/?)>/) {
            if match.1 == "/" {
                #expect(open.popLast() == match.2)
            } else if match.3.isEmpty {
                open.append(match.2)
            }
        }
        #expect(open.isEmpty)
    }

    @Test func `an empty flow and an empty branch have pictures too`() throws {
        let empty = try flow("  []")
        #expect(SVGText.render(empty, title: "").contains("</svg>"))
        #expect(TreeText.render(empty, title: "x") == "x\n")
        #expect(MermaidText.render(FlowGraph(empty)).contains("start --> finish"))
        let branch = try flow(
            "  - {type: parallel, name: p, branches: [{steps: []}]}\n  - {type: choice, name: c, choices: []}\n"
        )
        #expect(SVGText.render(branch, title: "").contains(">p</text>"))
    }
}
