import FlowModel
import FlowParsing
import Testing

/// Paths that nothing before them can have set.
struct ValidationDataFlowTests {
    /// The messages about paths, shortened to the path.
    private func missing(_ steps: String, flow: String = "") -> [String] {
        Validated.diagnostics(steps, flow: flow).filter { $0.code == "path-not-produced" }
            .map { String($0.message.prefix { $0 != " " }) }
    }

    private func reads(_ name: String, _ path: String, _ rest: String = "") -> String {
        "{type: pass, name: \(name), inputMappings: [{target: x, source: \(path)}]\(rest)}"
    }

    @Test func `a key that no step before sets is missed, one that any way sets is not`() {
        let first = "- " + Validated.sets("a", "{target: price, source: 1}")
        #expect(missing("\(first)\n- \(reads("b", "$local.prize"))") == ["$local.prize"])
        #expect(missing("\(first)\n- \(reads("b", "$local.price"))") == [])
        #expect(missing("- \(reads("b", "$local.price"))\n\(first)") == ["$local.price"])
        let found = Validated.diagnostics("\(first)\n- \(reads("b", "$local.prize"))")
        #expect(found.first?.fix == "did you mean $local.price?")
        #expect(found.first?.line == 5 && found.first?.stepPath == "b")
    }

    @Test func `what a task gives is open, what it maps is not`() {
        let open = "- \(Validated.task("a"))"
        #expect(missing("\(open)\n- \(reads("b", "$local.x"))") == [])
        let mapped = "- " + Validated.task("a", "outputMappings: [{target: y, source: $local.y}]")
        #expect(missing("\(mapped)\n- \(reads("b", "$local.x"))") == ["$local.x"])
        #expect(missing("\(mapped)\n- \(reads("b", "$local.y.deep[0].er"))") == [])
        #expect(
            missing("\(mapped)\n\(open.replacing("name: a", with: "name: c"))\n- \(reads("b", "$local.x"))")
                == [])
    }

    @Test func `the input of the flow is open unless it is mapped`() {
        #expect(missing("- \(reads("b", "$input.x"))") == [])
        let mappings = "inputMappings: [{target: y, source: $input.y}]"
        #expect(missing("- \(reads("b", "$input.x"))", flow: mappings) == ["$input.x"])
        #expect(missing("- \(reads("b", "$input.y.z"))", flow: mappings) == [])
        #expect(
            missing("- {type: pass, name: a}", flow: "inputMappings: [{target: y, source: $local.y}]") == [
                "$local.y"
            ])
        let output = "outputMappings: [{target: y, source: $local.y}]"
        #expect(missing("- {type: pass, name: a}", flow: output) == ["$local.y"])
        #expect(missing("- " + Validated.sets("a", "{target: y, source: 1}"), flow: output) == [])
        #expect(missing("- {type: fail, name: a}", flow: output) == [])
    }

    @Test func `a step's own mappings see its own input and result`() {
        func step(_ source: String, _ rest: String = "") -> String {
            "- \(reads("b", "$input.all", ", outputMappings: [{target: y, source: \(source)}]\(rest)"))"
        }
        #expect(missing(step("$input.x")) == [])
        #expect(missing(step("$input.all")) == ["$input.all"])
        #expect(missing(step("$local.x")) == ["$local.x"])
        #expect(missing(step("$local")) == [])
        #expect(
            missing(step("$local.x").replacing("pass", with: "task, resourceArn: 'acs:fc:::f'")) == [])
    }

    @Test func `parameters, conditions, waits and collections read the mapped input`() {
        let mapped = "inputMappings: [{target: x, source: $input.y}]"
        func step(_ content: String, _ mappings: String? = nil) -> String {
            "- {\(content), \(mappings ?? mapped)}"
        }
        let task = "type: task, name: t, resourceArn: 'acs:fc:::f', serviceParams: {MessageBody: $.y}"
        #expect(missing(step(task)) == ["$.y"])
        #expect(missing(step(task.replacing("$.y", with: "$.x"))) == [])
        #expect(missing(step(task, "end: true")) == [])
        let choice = "type: choice, name: c, default: {}, choices: [{condition: '$.x && $.y > 3'}]"
        #expect(missing(step(choice)) == ["$.y"])
        #expect(missing(step("type: wait, name: w, duration: $.y")) == ["$.y"])
        #expect(missing(step("type: wait, name: w, timestamp: $.x")) == [])
        let foreach =
            "type: foreach, name: f, steps: [], iterationMapping: {collection: $.y, item: i}, outputMappings: []"
        #expect(missing(step(foreach)) == ["$.y"])
        #expect(missing(step(foreach.replacing("$.y", with: "$.x"))) == [])
    }

    @Test func `errorMappings see the failure, and the caught way only what they map`() {
        func flow(_ source: String, _ read: String) -> String {
            "- "
                + Validated.task(
                    "a",
                    "outputMappings: [{target: ok, source: $local.ok}], end: true, "
                        + "catch: [{errors: [FnF.ALL], goto: b}], errorMappings: [{target: e, source: \(source)}]"
                )
                + "\n- \(reads("b", read))"
        }
        #expect(missing(flow("$local.error", "$local.e")) == [])
        #expect(missing(flow("$local.code", "$local.ok")) == ["$local.ok"])
        #expect(missing(flow("$local.errorCode", "$local.e")) == ["$local.errorCode"])
        let found = Validated.diagnostics(flow("$local.errorCode", "$local.e"))
        #expect(found.first?.fix?.contains("$local.") == true)
    }

    @Test func `a branch of a choice begins with an empty local, and its outputs come out`() {
        func flow(_ inner: String, _ after: String, _ rest: String = "") -> String {
            """
            - \(Validated.sets("a", "{target: x, source: 1}"))
            - {type: choice, name: c, choices: [{condition: $.x > 1, steps: [\(inner)]}], default: {}\(rest)}
            - \(after)
            """
        }
        let inner = Validated.sets("i", "{target: y, source: $input.x}")
        #expect(missing(flow(reads("i", "$local.x"), "{type: pass, name: z}")) == ["$local.x"])
        #expect(missing(flow(reads("i", "$input.x"), "{type: pass, name: z}")) == [])
        #expect(missing(flow(inner, reads("z", "$local.y"))) == [])
        #expect(missing(flow(inner, reads("z", "$local.w"))) == ["$local.w"])
        let mapped = ", outputMappings: [{target: w, source: $local.y}]"
        #expect(missing(flow(inner, reads("z", "$local.y"), mapped)) == ["$local.y"])
        #expect(missing(flow(inner, reads("z", "$local.w"), mapped)) == [])
    }

    @Test func `parallel and foreach give lists of what their steps set`() {
        func flow(_ source: String) -> String {
            """
            - type: parallel
              name: p
              branches:
                - steps: [\(Validated.sets("l", "{target: x, source: 1}"))]
                - steps: [\(Validated.sets("r", "{target: y, source: [{k: 1}]}"))]
              outputMappings: [{target: all, source: "\(source)"}]
            """
        }
        for path in ["$local", "$local[*].x", "$local[0].x", "$local[*].y[*].k", "$local[1].y[0].k"] {
            #expect(missing(flow(path)) == [])
        }
        for path in ["$local.x", "$local[*].z", "$local[*].y[*].q", "$local[0].x.deep", "$local[0].x[0]"] {
            #expect(missing(flow(path)) == [path])
        }
        let foreach = """
            - type: foreach
              name: f
              inputMappings: [{target: names, source: ["a", "b"]}]
              iterationMapping: {collection: $.names, item: name, index: i}
              steps: [\(Validated.sets("s", "{target: x, source: READ}"))]
              outputMappings: [{target: all, source: "$local[*].x"}]
            """
        for path in ["$input.name", "$input.i", "$input.names[0]"] {
            #expect(missing(foreach.replacing("READ", with: path)) == [])
        }
        for path in ["$input.item", "$input.name.first", "$local.name"] {
            #expect(missing(foreach.replacing("READ", with: path)) == [path])
        }
    }

    @Test func `a loop brings what its later steps set`() {
        func flow(_ path: String) -> String {
            """
            - {type: pass, name: first, outputMappings: [{target: a, source: 1}]}
            - \(reads("poll", path))
            - {type: pass, name: later, outputMappings: [{target: b, source: 1}]}
            - {type: choice, name: more, choices: [{condition: $.a > 1, goto: poll}], default: {}}
            - {type: pass, name: last, outputMappings: [{target: c, source: 1}]}
            """
        }
        #expect(missing(flow("$local.b")) == [])
        #expect(missing(flow("$local.c")) == ["$local.c"])
    }

    @Test func `a target counts as set also when its source was missing`() {
        let steps = """
            - \(Validated.sets("a", "{target: y, source: $local.gone}"))
            - \(reads("b", "$local.y.deep"))
            """
        #expect(missing(steps) == ["$local.gone"])
    }
}
