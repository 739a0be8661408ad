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
        ("$.a == 1 2", 9), ("$.a & $.b", 4), ("$a == 1", 0), ("$.a < 1 < 2", 8), ("$.a[ == 1", 4),
        ("$.a == @", 7),
        ("1 == $..a", 7), ("[1, 2", 5),
    ]) func `a syntax fault is found at its place`(text: String, offset: Int) {
        let fault = #expect(throws: ExpressionFault.self) { try Condition(text) }
        #expect(fault?.offset == offset)
    }

    @Test(arguments: [
        ("$.a + 1 > 2", 4, "nothing is computed"), ("$.a - 1 == 1", 4, "nothing is computed"),
        ("$.a % 2 == 0", 4, "nothing is computed"), ("$.a =~ \"x\"", 4, "no matching of patterns"),
        ("$.a === 1", 6, "write =="), ("$.a <> 1", 5, "write !="), ("$.a and $.b", 4, "write &&"),
        ("$.a OR $.b", 4, "write ||"), ("not $.a", 0, "write !"), ("$.a == None", 7, "write null"),
        ("$.a == True", 7, "write true"), ("$input.a == 1", 0, "as $.a"), ("$local == 1", 0, "as $"),
        ("$context.flow.name == \"x\"", 0, "inputMappings"), ("len($.a) > 1", 0, "no functions"),
        ("$.a.length() > 1", 10, "no functions"), ("$.a == \u{201C}x\u{201D}", 7, "straight quotes"),
        ("$.a == .5", 7, "0.5"), ("$.a contains \"x\"", 4, "no operator"), ("$.a;", 3, "';'"),
        ("$.a \u{FF1D}\u{FF1D} 1", 4, "full-width"), ("$.a ? 1 : 2", 4, "no operator"),
    ]) func `what other languages have is told what conditions have`(
        text: String, offset: Int, words: String
    ) {
        let fault = #expect(throws: ExpressionFault.self) { try Condition(text) }
        #expect(fault?.offset == offset && fault?.reason.contains(words) == true, "\(fault?.reason ?? "")")
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
