import FlowDefinition
import Primitives
import Testing

struct JSONPathTests {
    static let document: JSONValue = [
        "a": ["b": 1, "b c": 2, "it's": 3],
        "list": [["x": 1, "parts": [1, 2]], ["y": 2, "parts": [3]], ["x": 3]],
        "matrix": [[1, 2], [3]], "null": nil, "键": "值",
    ]

    @Test(
        arguments: [
            ("$", document), ("$.a.b", 1), ("$.a['b c']", 2), ("$.a[\"b c\"]", 2), ("$.a['it\\'s']", 3),
            ("$.list[0].x", 1), ("$.list[*].x", [1, 3]), ("$.list[*].parts", [[1, 2], [3]]),
            ("$.list[*].parts[*]", [1, 2, 3]), ("$.matrix[1][0]", 3), ("$.matrix[*][*]", [1, 2, 3]),
            ("$.null", nil),
            ("$.键", "值"), ("$['a'].b", 1), ("$.list[*].none", []),
        ] as [(String, JSONValue)]) func `a path gives its value`(text: String, value: JSONValue) throws
    {
        #expect(try JSONPath(text, root: "$")?.value(in: Self.document) == value)
    }

    @Test(arguments: ["$.none", "$.a.b.c", "$.list[9]", "$.a[0]", "$.a[*]", "$.list.x"])
    func `a path that is not there gives nothing`(text: String) throws {
        let path = try #require(try JSONPath(text, root: "$"))
        #expect(path.value(in: Self.document) == nil)
    }

    @Test(arguments: [
        "$.", "$..a", "$.a.", "$[", "$[-1]", "$['a", "$[a]", "$.a b", "$.a[0", "$[?(@.x)]", "$[0:2]",
    ])
    func `a path with a syntax fault is refused`(text: String) {
        #expect(throws: ExpressionFault.self) { try JSONPath(text, root: "$") }
    }

    @Test(arguments: ["$input", "$x", "", "a.b"])
    func `another beginning is no path of this root`(text: String) throws {
        #expect(try JSONPath(text, root: "$") == nil)
    }

    @Test(arguments: [".a.b", "[0].x", "[*].parts[*]", "['b c']", "['it\\'s']", ""])
    func `a path's text reads back as the path`(text: String) throws {
        let path = try #require(try JSONPath("$" + text, root: "$"))
        #expect(path.text == text)
        #expect(try JSONPath("$" + path.text, root: "$") == path)
    }

    @Test(arguments: [
        ("$.a[-1]", 4, "no negative"), ("$.a[?(@.x > 1)]", 4, "filters"), ("$.a[0:2]", 5, "slices"),
        ("$.a[:2]", 4, "slices"), ("$.a[0,1]", 5, "only one"), ("$..a", 2, "\"..\""), ("$.*", 2, "[*]"),
        ("$.a.length()", 10, "functions"), ("$.a.[0]", 4, "leave out"), ("$.a + 1", 3, "nothing is computed"),
        ("$.a ", 3, "a blank stands behind"), ("$.", 2, "ends behind"), ("$.a[b]", 4, "in quotes"),
        ("$.a[]", 4, "between"), ("$.@type", 2, "['key']"), ("$.a:b", 3, "['key']"),
        ("$.a[", 4, "ends behind"),
        ("$.a['b", 6, "does not end"), ("$.a[99999999999999999999]", 24, "too large"),
    ]) func `what other paths have is told at its place`(text: String, offset: Int, words: String) {
        let fault = #expect(throws: ExpressionFault.self) { try JSONPath(text, root: "$") }
        #expect(fault?.offset == offset && fault?.reason.contains(words) == true, "\(fault as Any)")
    }

    @Test func `only a text that begins with a root is a path in a mapping`() throws {
        #expect(try MappingSource("$input.a") == .input(JSONPath(components: [.key("a")])))
        #expect(try MappingSource("$local") == .local(JSONPath(components: [])))
        #expect(
            try MappingSource("$context.task.token")
                == .context(
                    JSONPath(components: [.key("task"), .key("token")])))
        for constant: JSONValue in [
            "$", "$.a", "$inputs.a", "http://x", "", -1, [:], [], ["a": "$input.b"], false,
        ] {
            #expect(try MappingSource(constant) == .constant(constant))
        }
    }

    @Test func `mappings make an object and name the path that is missing`() throws {
        let mappings = [
            Mapping(target: "a", source: try MappingSource("$input.x")),
            Mapping(target: "a", source: try MappingSource("$local[*].r")),
            Mapping(target: "b.c", source: try MappingSource([1, 2])),
        ]
        let made = try mappings.evaluate(input: ["x": 1], local: [["r": 1], ["r": 2]]) { _ in nil }
        #expect(made == ["a": [1, 2], "b.c": [1, 2]])
        let fault = #expect(throws: MappingFault.self) {
            try mappings.evaluate(input: [:], local: []) { _ in nil }
        }
        #expect(fault == MappingFault(target: "a", source: "$input.x"))
    }

    @Test func `service parameters read the step's own input`() throws {
        let parameters = [
            try ServiceParameter(name: "MessageBody", value: "$"),
            try ServiceParameter(name: "Tag", value: "$.t"),
            try ServiceParameter(name: "Priority", value: 1),
            try ServiceParameter(name: "Text", value: "$input.t"),
        ]
        #expect(
            try parameters.evaluate(input: ["t": "x"])
                == ["MessageBody": ["t": "x"], "Tag": "x", "Priority": 1, "Text": "$input.t"])
        #expect(parameters.written == ["MessageBody": "$", "Tag": "$.t", "Priority": 1, "Text": "$input.t"])
    }
}
