import HTTPMessage
import Testing

struct PercentCodingTests {
    @Test(arguments: [
        ("a+b ~*'", "a%2Bb%20~%2A%27"), ("你好", "%E4%BD%A0%E5%A5%BD"), ("v1#/=", "v1%23%2F%3D"),
    ])
    func `what is encoded is decoded again`(_ text: String, _ coded: String) {
        #expect(PercentCoding.encode(text) == coded)
        #expect(PercentCoding.decode(coded[...], plusIsSpace: true) == text)
    }

    @Test(arguments: ["%", "%4", "%zz", "%ff%fe"])
    func `what is no percent coding of UTF-8 is refused`(_ text: String) {
        #expect(PercentCoding.decode(text[...], plusIsSpace: true) == nil)
    }

    @Test func `a plus is a space in forms only`() {
        #expect(PercentCoding.decode("a+b", plusIsSpace: true) == "a b")
        #expect(PercentCoding.decode("a+b", plusIsSpace: false) == "a+b")
    }
}
