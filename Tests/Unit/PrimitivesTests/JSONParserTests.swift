import Primitives
import Testing

@Suite struct JSONParserTests {
    @Test func `every kind of value is read`() throws {
        let value = try JSONParser.parse(#" {"a":[1,-2.5,true,false,null,"x"],"b":{}} "#)
        #expect(value == ["a": [1, -2.5, true, false, nil, "x"], "b": [:]])
    }

    @Test(arguments: [
        "", " ", "{", "[1,", "{\"a\":}", "{\"a\":1,}", "[1,]", "tru", "nul", "01", "-", "1.", "1.e5", ".5",
        "1e", "+1",
        "'a'", "\"", "\"\\x\"", "\"\\u12\"", "\"a\nb\"", "[1] 2", "{a:1}", "NaN", "Infinity", "1 1",
        "\u{FEFF}{}",
    ])
    func `what is not JSON is refused`(text: String) {
        #expect(throws: JSONFault.self) { try JSONParser.parse(text) }
    }

    @Test func `integers are exact up to 64 bits and never rounded`() throws {
        #expect(try JSONParser.parse("9223372036854775807") == .integer(.max))
        #expect(try JSONParser.parse("-9223372036854775808") == .integer(.min))
        #expect(throws: JSONFault.self) { try JSONParser.parse("9223372036854775808") }
        #expect(throws: JSONFault.self) { try JSONParser.parse("-9223372036854775809") }
        #expect(throws: JSONFault.self) { try JSONParser.parse("123456789012345678901234567890") }
    }

    @Test func `numbers with fraction or exponent stay apart from integers`() throws {
        #expect(try JSONParser.parse("1.0") == .number(1))
        #expect(try JSONParser.parse("1e2") == .number(100))
        #expect(try JSONParser.parse("1e2") != .integer(100))
        #expect(try JSONParser.parse("-0") == .integer(0))
        #expect(throws: JSONFault.self) { try JSONParser.parse("1e999") }
        #expect(throws: JSONFault.self) { try JSONParser.parse("-777e777") }
    }

    @Test func `a key that stands twice is refused by name`() {
        let fault = #expect(throws: JSONFault.self) { try JSONParser.parse(#"{"b":1,"a":2,"b":3}"#) }
        #expect(fault?.reason.contains("\"b\"") == true)
        #expect(throws: JSONFault.self) { try JSONParser.parse(#"{"a":1,"\u0061":2}"#) }
    }

    @Test func `keys that look alike but have other bytes are two keys`() throws {
        let value = try JSONParser.parse("{\"e\u{301}\":1,\"\u{E9}\":2}")
        #expect(value.objectValue?.count == 2)
        #expect(value["\u{E9}"] == 2)
        #expect(value["e\u{301}"] == 1)
    }

    @Test func `nesting is allowed to 128 levels and not one deeper`() throws {
        func nested(_ levels: Int) -> String {
            String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        }
        _ = try JSONParser.parse(nested(128))
        let fault = #expect(throws: JSONFault.self) { try JSONParser.parse(nested(129)) }
        #expect(fault?.reason.contains("128") == true)
        #expect(throws: JSONFault.self) { try JSONParser.parse(String(repeating: "{\"a\":", count: 100_000)) }
    }

    @Test func `escapes and surrogate pairs are read, half pairs are refused`() throws {
        let text = try JSONParser.parse(#""\"\\\/\b\f\n\r\té😀""#)
        #expect(text == .string("\"\\/\u{8}\u{C}\n\r\té😀"))
        for half in [#""\ud83d""#, #""\ude00""#, #""\ud83dx""#, #""\ud83d\n""#, #""\ud83dA""#] {
            #expect(throws: JSONFault.self) { try JSONParser.parse(half) }
        }
    }

    @Test(arguments: [[0xFF], [0xC3, 0x28], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xC0, 0x80]] as [[UInt8]])
    func `bytes that are not UTF-8 are refused, also beside an escape`(bytes: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        #expect(throws: JSONFault.self) { try JSONParser.parse([quote] + bytes + [quote]) }
        #expect(throws: JSONFault.self) {
            try JSONParser.parse([quote] + Array("\\n".utf8) + bytes + [quote])
        }
    }

    @Test func `a fault names the byte`() {
        let fault = #expect(throws: JSONFault.self) { try JSONParser.parse(#"{"a": tru}"#) }
        #expect(fault?.offset == 6)
    }

    /// A document cut anywhere is an error, not a shorter document and not a crash.
    @Test func `a document that is cut anywhere is refused`() throws {
        let text = Array(#"{"a":[1,2.5e3,"xé\n",true,null,{"b":-7}],"c":"d"}"#.utf8)
        _ = try JSONParser.parse(text)
        for length in 0..<text.count {
            #expect(throws: JSONFault.self) { try JSONParser.parse(Array(text.prefix(length))) }
        }
    }

    /// Whatever single byte is changed, the parser answers by a value or a fault.
    @Test func `no changed byte makes the parser crash`() {
        let text = Array(#"{"a":[1,2.5e3,"x\u00e9\n",true,null,{"b":-7}]}"#.utf8)
        var read = 0
        for index in text.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = text
                changed[index] = byte
                if let value = try? JSONParser.parse(changed), (try? JSONParser.parse(value.text)) == value {
                    read += 1
                }
            }
        }
        #expect(read > text.count)
    }
}
