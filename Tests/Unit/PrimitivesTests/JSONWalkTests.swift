import Primitives
import Testing

@Suite struct JSONWalkTests {
    private struct Found: Equatable {
        var read: [String: JSONValue] = [:]
        var skipped: Set<String> = []
    }

    /// What there is at the first level, the plain values read and all others walked over.
    private func walked(_ text: String) -> Found? {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            var walk = JSONWalk(bytes)
            guard walk.enterObject() else { return nil }
            var found = Found()
            while let key = walk.key() {
                let name = String(decoding: key, as: UTF8.self)
                if let text = walk.plainText() {
                    found.read[name] = .string(String(decoding: text, as: UTF8.self))
                } else if let number = walk.integer() {
                    found.read[name] = .integer(number)
                } else if walk.skipValue() {
                    found.skipped.insert(name)
                } else {
                    return nil
                }
            }
            return found
        }
    }

    @Test(arguments: [
        #"{}"#, #"{"a":1}"#, #" { "a" : -12 , "b" : "text" } "#, #"{"a":[1,{"b":"}"},[]],"c":0}"#,
        #"{"a":{"x":"\"}]","y":[[["\\"]]]},"z":"end"}"#, #"{"a":true,"b":null,"c":1.5,"d":2e3,"e":7}"#,
        #"{"a":"with \" and \\","b":"ü","c":999999999999999999}"#, #"{"a":{},"b":[],"c":[{}],"d":{"e":{}}}"#,
    ])
    func `it comes past each member and reads the plain ones as a parser does`(text: String) throws {
        let object = try #require(try JSONParser.parse(text).objectValue)
        var expected = Found()
        for (key, value) in object {
            switch value {
            case .integer: expected.read[key] = value
            case .string(let text) where !text.contains("\"") && !text.contains("\\"):
                expected.read[key] = value
            default: expected.skipped.insert(key)
            }
        }
        #expect(walked(text) == expected)
    }

    @Test(arguments: ["", "[1]", "7", #"{"a":{"b":1"#, #"{"a":"no end"#, #"{"a":[1,2"#, #"{"a":"\"#])
    func `where the document ends too early it says so or finds no further key`(text: String) {
        let found = walked(text)
        #expect(found == nil || found == Found())
    }

    @Test func `a number that is none of its kind is not read`() {
        for text in ["01", "-", "1.5", "1e9", "1234567890123456789"] {
            Array(text.utf8).withUnsafeBufferPointer { bytes in
                var walk = JSONWalk(bytes)
                #expect(walk.integer() == nil, "\(text)")
            }
        }
    }
}
