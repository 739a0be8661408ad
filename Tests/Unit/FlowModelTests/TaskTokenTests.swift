import FlowModel
import Testing

struct TaskTokenTests {
    let token = TaskToken(
        flow: "OrderDemo-Jiyuan", execution: "69f71f89-3329", scheduledEventID: 3, keyID: "k1",
        mac: Array(0..<20))

    @Test func `a token's text reads back as the token`() throws {
        #expect(try TaskToken(text: token.text) == token)
        #expect(token.text.utf8.allSatisfy { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "+") })
    }

    @Test func `the code covers everything in front of it`() {
        #expect(
            String(decoding: token.signedBytes, as: UTF8.self) == "v1#OrderDemo-Jiyuan#69f71f89-3329#3#k1")
    }

    @Test(arguments: [
        "", "!", "djEj", "v1#a#b#3#k#AAAA", String(repeating: "A", count: 2000),
    ]) func `a text that is no token is refused`(text: String) {
        #expect(throws: TaskTokenFault.self) { try TaskToken(text: text) }
    }

    @Test(arguments: [
        "v2#a#b#3#k#AAAA", "v1#a#b#0#k#AAAA", "v1#a#b#-3#k#AAAA", "v1#a#b#03#k#AAAA", "v1#a#b#3#k#",
        "v1#a#b#3#k#AAAA#", "v1#1a#b#3#k#AAAA", "v1#a##3#k#AAAA", "v1#a#b#3#k#AAA=", "v1#a#b#3##AAAA",
        "v1#a#b#99999999999999999999#k#AAAA",
    ]) func `a token with a wrong part is refused`(plain: String) {
        #expect(throws: TaskTokenFault.self) { try TaskToken(text: Base64URL.encode(Array(plain.utf8))) }
    }

    @Test func `each value has exactly one base64 text`() {
        for count in 0..<40 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + 11) }
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
        #expect(Base64URL.encode(Array("any carnal pleas".utf8)) == "YW55IGNhcm5hbCBwbGVhcw")
        #expect(
            Base64URL.decode("YW55IGNhcm5hbCBwbGVhcx") == nil,
            "the last character carries bits that mean nothing")
        #expect(Base64URL.decode("A") == nil)
        #expect(Base64URL.decode("YQ==") == nil)
    }
}
