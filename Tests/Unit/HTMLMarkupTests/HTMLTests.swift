import Testing

@testable import HTMLMarkup

@Suite struct HTMLTests {
    static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x", "&lt;b&gt;",
        "</title></textarea><svg onload=alert(1)>", "\u{0}\u{8}\u{1B}", "<!--", "]]>", "${7*7}{{7*7}}",
    ]

    @Test(arguments: hostile) func `a text is shown as it is written, in content and in attributes`(
        _ text: String
    ) throws {
        let page = el("p", .title(text), .value(text), .data("x", text)) {
            text
            HTML(text)
        }
        let inside = page.markup.dropFirst("<p".count).dropLast("</p>".count)
        // Nothing of it opens a tag or leaves an attribute: three values and the end of the first tag.
        #expect(inside.count { $0 == "<" } == 0)
        #expect(inside.count { $0 == "\"" } == 6)
        #expect(inside.count { $0 == ">" } == 1)
        #expect(!inside.unicodeScalars.contains { $0.value < 0x20 })
    }

    @Test func `what is escaped once is not escaped again`() {
        let inner = el("b") { "a & b" }
        #expect(el("p") { inner }.markup == "<p><b>a &amp; b</b></p>")
        #expect((inner + HTML("<")).markup == "<b>a &amp; b</b>&lt;")
    }

    @Test(arguments: [
        "javascript:alert(1)", "//evil.example", "/\\evil.example", "https://evil.example",
        "data:text/html,x",
        "\u{9}javascript:alert(1)", "",
    ]) func `a link leads nowhere but to this site`(_ place: String) {
        #expect(el("a", .href(place)).markup == "<a href=\"#\"></a>")
        #expect(el("form", .action(place)).markup == "<form action=\"#\"></form>")
    }

    @Test func `an own place stays`() {
        #expect(el("a", .href("/a?b=c&d=e#f")).markup == "<a href=\"/a?b=c&amp;d=e#f\"></a>")
        #expect(el("a", .href("?step=x")).markup == "<a href=\"?step=x\"></a>")
    }

    @Test func `content can be chosen and repeated`() {
        func list(_ items: [String], isEmpty: Bool) -> HTML {
            el("ul", .class("a", nil, "", "b"), .flag("hidden", when: isEmpty)) {
                if isEmpty { el("li") { "nothing" } }
                for item in items { el("li") { item } }
            }
        }
        #expect(list(["x", "y"], isEmpty: false).markup == "<ul class=\"a b\"><li>x</li><li>y</li></ul>")
        #expect(list([], isEmpty: true).markup == "<ul class=\"a b\" hidden=\"\"><li>nothing</li></ul>")
    }
}

@Suite struct ServerSentEventTests {
    @Test func `every line of the data is a line of its own`() {
        let event = ServerSentEvent("change", data: "a\nb\r\nc\rd", id: "7\nevent: x")
        #expect(
            String(decoding: event.bytes, as: UTF8.self)
                == "event: change\nid: 7event: x\ndata: a\ndata: b\ndata: c\ndata: d\n\n")
    }

    @Test func `an event without data still arrives`() {
        #expect(
            String(decoding: ServerSentEvent("end").bytes, as: UTF8.self) == "event: end\ndata: \n\n")
    }
}
