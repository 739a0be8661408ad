import HTTPMessage
import Testing

@testable import WebPages

@Suite struct LanguageTests {
    @Test(arguments: [
        ("", Language.english), ("zh-CN,zh;q=0.9,en;q=0.8", .chinese), ("en-GB,en;q=0.9,zh;q=0.8", .english),
        ("fr,zh;q=0.5", .chinese), ("zh;q=0,en;q=0.1", .english), ("de", .english), ("ZH-tw", .chinese),
        ("en;q=0.2, zh-CN ; q=0.7", .chinese), (";;;q=,,zh;q=x", .english),
    ]) func `the language is the one that the browser likes best`(_ accepted: String, _ expected: Language) {
        #expect(Language.preferred(accepted) == expected)
    }

    @Test func `what the reader chose comes first`() {
        let head = WebHead(
            method: "GET", path: "/shop",
            headers: HeaderList([
                ("Accept-Language", "zh"), ("Cookie", "a=b; fnf_language=en; fnf_visitor=x"),
            ]))
        #expect(Language.of(head) == .english)
    }
}

@Suite struct CookieTests {
    private func head(_ cookies: String...) -> WebHead {
        WebHead(method: "GET", path: "/", headers: HeaderList(cookies.map { ("Cookie", $0) }))
    }

    @Test func `a cookie is found by its whole name`() {
        #expect(head("xa=1; a=2;ab=3").cookie("a") == "2")
        #expect(head("x=1", "a=b=c").cookie("a") == "b=c")
        #expect(head("a", "b=").cookie("a") == nil)
        #expect(head("b=").cookie("b") == "")
    }

    @Test func `scripts can't read cookies, and other sites don't send them`() {
        let cookie = SetCookie("a", "b", maxAge: 60)
        #expect(cookie.header(isEncrypted: false) == "a=b; Path=/; HttpOnly; SameSite=Lax; Max-Age=60")
        #expect(cookie.header(isEncrypted: true).hasSuffix("; Secure"))
    }
}
