import MessageXML
import Testing

struct MessageXMLTests {
    static func read(_ text: String, _ limits: MessageXMLLimits = MessageXMLLimits()) throws -> MessageElement
    {
        try MessageXML.read(Array(text.utf8), limits: limits)
    }

    static func fault(_ text: String) -> String? { fault(bytes: Array(text.utf8)) }

    static func fault(bytes: [UInt8]) -> String? {
        do throws(MessageXMLFault) {
            _ = try MessageXML.read(bytes)
            return nil
        } catch { return error.description }
    }

    @Test func `a captured request is read`() throws {
        let queue = try Self.read(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><Queue xmlns=\"http://mns.aliyuncs.com/doc/v1/\">"
                + "<VisibilityTimeout>30</VisibilityTimeout><DelaySeconds>0</DelaySeconds></Queue>")
        #expect(queue.name == "Queue" && queue.children.count == 2)
        #expect(queue["VisibilityTimeout"]?.text == "30" && queue["DelaySeconds"]?.text == "0")
        #expect(queue["Priority"] == nil)
    }

    @Test func `entities, references and sections become text`() throws {
        let text = "{&quot;a&quot;:&quot;&lt;b&gt;&#x4f60;&#229;&amp;&apos;<![CDATA[<&]]]>&#x1F600;}"
        #expect(try Self.read("<M>\(text)</M>").text == "{\"a\":\"<b>\u{4f60}å&'<&]\u{1F600}}")
    }

    @Test func `white space around elements is nothing, within text it is text`() throws {
        let element = try Self.read(
            "\u{FEFF}\n<!-- a -->\n<A >\n  <B> x\r\n </B ><!-- b --><C/>\n</A>\n<!-- c -->")
        #expect(element.text.isEmpty && element.children.map(\.name) == ["B", "C"])
        #expect(element["B"]?.text == " x\r\n ")
        #expect(element["C"] == MessageElement("C"))
    }

    @Test func `prefixes are dropped, end tags must still repeat them`() throws {
        let element = try Self.read("<m:Queue xmlns:m='urn:x' id=\"&lt;1\"><m:A>1</m:A></m:Queue>")
        #expect(element == MessageElement("Queue", children: [MessageElement("A", text: "1")]))
        #expect(Self.fault("<m:A></A>")?.contains("</A> where </m:A> is expected") == true)
    }

    @Test(
        arguments: [
            ("", "line 1, column 1: the document has no element"),
            ("<A>\n  <B></A>", "line 2, column 6: </A> where </B> is expected"),
            ("<A><B>", "line 1, column 4: the document ends within <B>"),
            ("</A>", "</A> ends an element that was not begun"),
            ("<A/><B/>", "a second element behind the root"),
            ("<A/>x", "line 1, column 5: text outside the root element"),
            ("x<A/>", "text outside the root element"),
            ("<A/><![CDATA[x]]>", "text outside the root element"),
            ("<A>x<B/></A>", "<A> has text beside elements"),
            ("<A><![CDATA[x</A>", "a CDATA section does not end"),
            ("<A><!-- x</A>", "a comment does not end"),
            ("<A><!-- x -- y --></A>", "\"--\" within a comment"),
            ("<A>]]></A>", "must be written"),
            ("<A>&</A>", "begins no reference"),
            ("<A>&nbsp;</A>", "the entity &nbsp; is not one of the five"),
            ("<A>&#0;</A>", "&#0; is no character of XML"),
            ("<A>&#x1F;</A>", "is no character of XML"),
            ("<A>&#xD800;</A>", "is no character of XML"),
            ("<A>&#xFFFF;</A>", "is no character of XML"),
            ("<A>&#x110000;</A>", "is no character of XML"),
            ("<A>&#+65;</A>", "is no character of XML"),
            ("<A>&#;</A>", "is no character of XML"),
            ("<A>\u{1}</A>", "line 1, column 4: the control character 1 is not allowed"),
            ("<A>\u{FFFE}</A>", "the character U+fffe is not allowed"),
            ("<A b></A>", "expected '=' behind the attribute b"),
            ("<A b=c></A>", "must be quoted"),
            ("<A b=\"<\"/>", "'<' within the attribute b"),
            ("<A b=\"&x;\"/>", "the entity &x; is not one of the five"),
            ("<A b=\"1\" b=\"2\"/>", "the attribute b is given twice"),
            ("<A b=\"1\"c=\"2\"/>", "expected '>' at the end of <A>"),
            ("<1A/>", "expected a name"),
            ("< A/>", "expected a name"),
            ("<A/ >", "expected '>'"),
            ("<?xml version=\"1.0\" encoding=\"gbk\"?><A/>", "the encoding must be UTF-8, not gbk"),
            ("<?xml encoding=\"utf-8\"?><A/>", "must begin with version"),
            ("<?xml version=\"1.0\" x=\"y\"?><A/>", "the declaration knows no x"),
            (" <?xml version=\"1.0\"?><A/>", "the declaration comes first only"),
            ("<A><?php evil ?></A>", "processing instructions are not allowed"),
        ]) func `what is wrong is named with its place`(text: String, reason: String)
    {
        #expect(Self.fault(text)?.contains(reason) == true, "\(Self.fault(text) ?? "read")")
    }

    @Test func `bytes that are no UTF-8 are refused where they are`() {
        let broken: [[UInt8]] = [
            [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
        ]
        for bytes in broken {
            let text = Self.fault(bytes: Array("<A>".utf8) + bytes + Array("</A>".utf8))
            #expect(text == "line 1, column 4: the bytes are no UTF-8")
        }
    }
}
