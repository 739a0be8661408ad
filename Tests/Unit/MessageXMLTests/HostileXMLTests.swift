import MessageXML
import Testing

@Suite(.timeLimit(.minutes(1))) struct HostileXMLTests {
    private func fault(_ text: String) -> String? { MessageXMLTests.fault(text) }

    @Test func `a billion laughs and entities from elsewhere stop at the document type`() {
        let laughs = """
            <?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">
            <!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]><Message>&lol2;</Message>
            """
        #expect(
            fault(laughs) == "line 1, column 22: document types and entities of one's own are not allowed")
        for outside in [
            "<!DOCTYPE foo [<!ENTITY xxe SYSTEM \"file:///etc/passwd\">]><Message>&xxe;</Message>",
            "<!DOCTYPE foo SYSTEM \"http://169.254.169.254/\"><Message/>", "<Message>&xxe;</Message>",
            "<Message><!ENTITY x \"y\"></Message>", "<!doctype html><html/>",
        ] { #expect(fault(outside) != nil, "\(outside)") }
    }

    @Test func `depth, elements, attributes and names are bounded`() {
        let limits = MessageXMLLimits()
        func nested(_ depth: Int) -> String {
            String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
        }
        #expect(fault(nested(limits.depthMax)) == nil)
        #expect(fault(nested(limits.depthMax + 1))?.contains("nested deeper than 8") == true)
        #expect(fault(String(repeating: "<a>", count: 1_000_000))?.contains("nested deeper") == true)
        func wide(_ count: Int) -> String { "<r>\(String(repeating: "<a/>", count: count))</r>" }
        #expect(fault(wide(limits.elementsMax - 1)) == nil)
        #expect(fault(wide(limits.elementsMax))?.contains("more than 512 elements") == true)
        #expect(fault("<a b=\"\(String(repeating: "x", count: 1024))\"/>") == nil)
        #expect(
            fault("<a b=\"\(String(repeating: "x", count: 1_000_000))\"/>")?.contains("1024 bytes") == true)
        let many = (0..<9).map { " a\($0)=''" }.joined()
        #expect(fault("<a\(many)/>")?.contains("more than 8 attributes") == true)
        #expect(fault("<\(String(repeating: "n", count: 129))/>")?.contains("more than 128 bytes") == true)
    }

    @Test func `a document that is cut anywhere is refused, never read`() throws {
        let whole = Array(
            """
            <?xml version="1.0" encoding="utf-8"?><Messages xmlns="http://mns.aliyuncs.com/doc/v1/">\
            <Message a='&#x41;'><MessageBody>a&amp;ü<![CDATA[<x>]]></MessageBody><!-- c --><P/></Message></Messages>
            """.utf8)
        _ = try MessageXML.read(whole)
        for end in 0..<whole.count {
            #expect(MessageXMLTests.fault(bytes: Array(whole[..<end])) != nil, "cut at \(end)")
        }
    }

    @Test func `two megabytes of each kind of text are read in little time`() throws {
        let count = 1 << 21
        let clock = ContinuousClock()
        for piece in ["x", "&lt;", "ü", "]", "<!---->", "<![CDATA[]]>", "&#x20;", " "] {
            let text = "<a>" + String(repeating: piece, count: count / piece.utf8.count) + "</a>"
            let time = try clock.measure { _ = try MessageXMLTests.read(text) }
            #expect(time < .seconds(10), "\(piece): \(time)")
        }
    }

    @Test func `bytes by chance are read or refused, never worse`() {
        var chance = SplitMix(seed: 4)
        let alphabet = Array("<>/?!-[]&;#x=\"' \nAqCDATAlt1:é\u{1}".utf8)
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...40, using: &chance)
            _ = MessageXMLTests.fault(
                bytes: (0..<count).map { _ in alphabet.randomElement(using: &chance) ?? 0 })
        }
        let whole = Array("<M a=\"1\"><B>x&amp;<![CDATA[y]]></B><!-- c --><P>1</P></M>".utf8)
        for _ in 0..<20_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...3, using: &chance) {
                bytes[Int.random(in: 0..<bytes.count, using: &chance)] = UInt8.random(
                    in: 0...255, using: &chance)
            }
            _ = MessageXMLTests.fault(bytes: bytes)
        }
    }
}

@Suite struct MessageXMLWritingTests {
    @Test func `a document is one line with the namespace on its root`() {
        let bytes = MessageXML.write(
            MessageElement("Message", children: [MessageElement("MessageId", text: "1")]))
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Message xmlns=\"http://mns.aliyuncs.com/doc/v1/\">"
                + "<MessageId>1</MessageId></Message>")
    }

    @Test func `what XML can't carry is replaced, the rest comes back as it was`() throws {
        let text = "a\u{0}\u{1}\u{8}\u{B}\u{1F}\u{FFFE}\u{FFFF}b\t\r\n<>&\"'\u{7F}\u{FFFD}\u{EFFF}"
        let read = try MessageXML.read(MessageXML.write(MessageElement("M", text: text)))
        #expect(read.text == "a\(String(repeating: "\u{FFFD}", count: 7))b\t\r\n<>&\"'\u{7F}\u{FFFD}\u{EFFF}")
        let bytes = MessageXML.write(MessageElement("M", text: "\r"))
        #expect(String(decoding: bytes, as: UTF8.self).contains("&#13;"))
    }

    @Test func `any tree comes back as it was written`() throws {
        var chance = SplitMix(seed: 7)
        for _ in 0..<500 {
            let tree = element(3, &chance)
            #expect(try MessageXML.read(MessageXML.write(tree)) == tree)
        }
    }

    private func element(_ depth: Int, _ chance: inout SplitMix) -> MessageElement {
        let name = ["Queue", "Message", "a-b", "é_1."].randomElement(using: &chance) ?? ""
        let count = depth == 0 ? 0 : Int.random(in: 0...3, using: &chance)
        if count > 0 {
            return MessageElement(name, children: (0..<count).map { _ in element(depth - 1, &chance) })
        }
        let length = Int.random(in: 0...20, using: &chance)
        let scalars = (0..<length).compactMap { _ in
            Unicode.Scalar(
                UInt32.random(in: 0x20...(Bool.random(using: &chance) ? 0x7F : 0x1_FFFD), using: &chance))
        }
        let text = String(String.UnicodeScalarView(scalars.filter { $0.value & 0xFFFE != 0xFFFE }))
        return MessageElement(name, text: text)
    }
}

/// Chance that is the same in each run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
