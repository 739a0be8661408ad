import FlowDefinition
import Primitives
import Testing

struct ConditionTests {
    static let input: JSONObject = [
        "has_more": true, "marker": "", "key1": "a", "key2": "a", "n": 3, "x": 2.5, "text": "3",
        "list": [1, "b"],
        "detect": ["FaceCount": 0], "flag": false, "minus": -1, "null": nil,
    ]

    @Test(arguments: [
        "$.has_more", "$.marker == \"\"", "$.key1==$.key2", "$.n == 3", "$.n == 3.0", "$.x > 2",
        "$.minus == -1",
        "$.n >= 3 && $.n <= 3", "$.detect.FaceCount == 0", "!$.flag", "!($.n == 4)", "$.text != $.n",
        "$.flag || $.has_more", "$.key1 < 'b'", "$.key1 == `a`", "$.n in [1, 2, 3]",
        "$.n in [1] || \"b\" in $.list",
        "$.has_more && ($.event_id >= 4000 || $.n >= 3)", "$['key1'] == \"a\"", "$.list[1] == \"b\"",
        "true", "-$.minus == 1", "$.flag == false", "!$.missing", "$.a == 1 || $.n == 3 && $.x == 2.5",
    ]) func `this condition is true`(text: String) throws {
        #expect(try Condition(text).isTrue(for: Self.input))
    }

    @Test(arguments: [
        "$.missing", "$.missing == 1", "$.missing != 1", "$.null == null", "$.null != 1", "$.text == $.n",
        "$.n", "$.key1",
        "$.text < 4", "$.n > \"1\"", "$.flag", "!$.has_more", "$.n in $.list", "$.has_more > false", "false",
        "$.has_more && $.missing > 1", "$", "1",
    ]) func `this condition is false`(text: String) throws {
        #expect(try !Condition(text).isTrue(for: Self.input))
    }

    @Test(arguments: [
        ("", 0), ("$.a ==", 6), ("$.a = 1", 4), ("$.a == 1 &&", 11), ("($.a == 1", 9), ("$.a == \"x", 7),
        ("a == 1", 0),
        ("$.a == 1 2", 9), ("$.a & $.b", 4), ("$a == 1", 1), ("$.a < 1 < 2", 8), ("$.a[ == 1", 4),
        ("$.a == @", 7),
        ("1 == $..a", 7), ("[1, 2", 5),
    ]) func `a syntax fault is found at its place`(text: String, offset: Int) {
        let fault = #expect(throws: ExpressionFault.self) { try Condition(text) }
        #expect(fault?.offset == offset)
    }

    @Test func `deep nesting is refused, not a crash`() {
        let deep = String(repeating: "(", count: 100_000)
        #expect(throws: ExpressionFault.self) { try Condition(deep) }
        #expect(throws: ExpressionFault.self) { try Condition(String(repeating: "!", count: 3000) + "true") }
        #expect(throws: ExpressionFault.self) {
            try Condition(String(repeating: "$.a&&", count: 100_000) + "$.a")
        }
    }
}
