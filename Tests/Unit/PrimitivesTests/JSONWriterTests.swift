import Primitives
import Testing

@Suite struct JSONWriterTests {
    @Test func `keys are written in the order of their bytes`() throws {
        let value = try JSONParser.parse(#"{"b":1,"a":2,"B":3,"é":4,"aa":5}"#)
        #expect(value.text == #"{"B":3,"a":2,"aa":5,"b":1,"é":4}"#)
    }

    @Test func `control characters are escaped and nothing else`() {
        #expect(
            JSONValue.string("a\"\\/\n\r\t\u{0}\u{1F}é😀\u{7F}").text
                == "\"a\\\"\\\\/\\n\\r\\t\\u0000\\u001fé😀\u{7F}\"")
    }

    @Test(arguments: [0, 1, -1, 10, Int64.max, Int64.min])
    func `integers are written in full`(number: Int64) {
        #expect(JSONValue.integer(number).text == "\(number)")
    }

    @Test func `what is written is read back as the same value`() throws {
        let value: JSONValue = [
            "list": [1, -2, 0.1, 1e300, true, false, nil, "", [:], []], "text": "line\nbreak \u{1}",
            "nested": ["a": ["b": "c"]],
        ]
        #expect(try JSONParser.parse(value.text) == value)
        #expect(try JSONParser.parse(value.prettyText) == value)
    }

    @Test func `a later member replaces an earlier one and nil removes it`() {
        var object = JSONObject([("a", 1), ("b", 2), ("a", 3)])
        #expect(object == ["a": 3, "b": 2])
        object["b"] = nil
        #expect(object == ["a": 3])
        #expect(object.merging(["a": 4, "c": 5]) == ["a": 4, "c": 5])
    }
}
