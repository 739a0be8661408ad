import HTTPMessage
import Testing

@testable import WebPages

@Suite struct PageEndpointTests {
    private let site = Site()
    private static let token = "csrf=token%20of%20this%20visitor"

    @Test func `a page comes with a policy that lets nothing in but our own files`() async {
        let answer = await site.ask("GET", "/shop")
        #expect(answer.status == 200)
        #expect(answer.headers["Content-Type"] == "text/html; charset=utf-8")
        #expect(answer.headers["Cache-Control"] == "no-store")
        #expect(answer.headers["X-Content-Type-Options"] == "nosniff")
        let policy = answer.headers["Content-Security-Policy"] ?? ""
        #expect(policy.contains("default-src 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(answer.headers.values("Set-Cookie") == ["visitor=new; Path=/; HttpOnly; SameSite=Lax"])
        #expect(answer.text.contains("<input type=\"hidden\" name=\"csrf\" value=\"token of this visitor\">"))
    }

    @Test func `a part of the path is what the page is asked for, decoded and shown as text`() async {
        #expect(await site.ask("GET", "/shop/orders/%3Cb%3E%E4%BD%A0").text.contains("&lt;b&gt;你"))
        #expect(await site.ask("GET", "/shop/orders/latest").text.contains("the latest"))
        for path in [
            "/shop/orders/", "/shop/orders", "/shop/orders/a/b", "/shop//orders/a", "/shop/orders/%ff",
        ] {
            #expect([404, 405].contains(await site.ask("GET", path).status), "\(path)")
        }
    }

    @Test func `a form is taken with the visitor's token only`() async {
        let good = await site.ask("POST", "/shop/orders", form: "\(Self.token)&number=o-1")
        #expect(good.status == 303)
        #expect(good.headers["Location"] == "/shop/orders/o-1")
        for form in ["number=o-1", "csrf=&number=o-1", "csrf=token+of+another", "\(Self.token)x", ""] {
            #expect(await site.ask("POST", "/shop/orders", form: form).status == 403, "\(form)")
        }
    }

    @Test(arguments: [
        ("http://shop.example:8080", 303), ("https://shop.example:8080", 303), ("http://evil.example", 403),
        ("null", 403), ("http://shop.example.evil:8080", 403), ("http://shop.example", 403),
    ]) func `a form from another site is not taken`(_ origin: String, _ status: Int) async {
        let answer = await site.ask(
            "POST", "/shop/orders", form: "\(Self.token)&number=o-1", headers: [("Origin", origin)])
        #expect(answer.status == status)
    }

    @Test func `who is not signed in signs in and comes back`() async {
        let answer = await site.ask("GET", "/inside?a=b&c=d")
        #expect(answer.status == 303)
        #expect(answer.headers["Location"] == "/signin?to=%2Finside%3Fa%3Db%26c%3Dd")
    }

    @Test(arguments: [("read", 403), ("operate", 200), ("admin", 200)])
    func `a page is for the role it needs and those above`(_ role: String, _ status: Int) async {
        #expect(await site.ask("GET", "/inside", headers: [("X-Role", role)]).status == status)
    }

    @Test func `a form of somebody without the role changes nothing`() async {
        #expect(await site.ask("POST", "/inside", form: Self.token).status == 403)
        let reader = await site.ask("POST", "/inside", form: Self.token, headers: [("X-Role", "read")])
        #expect(reader.status == 403)
    }

    @Test func `what goes wrong is said in words, with the status that it has`() async {
        let broken = await site.ask("GET", "/broken")
        #expect(broken.status == 500)
        #expect(broken.text.contains("Something is broken here"))
        let away = await site.ask("GET", "/away")
        #expect(away.status == 503)
        #expect(away.text.contains("no socket &lt;there&gt;"))
        let missing = await site.ask("GET", "/missing", headers: [("Accept-Language", "zh-CN")])
        #expect(missing.status == 404)
        #expect(missing.text.contains("这里什么也没有"))
        #expect(missing.text.contains("lang=\"zh-CN\""))
        #expect(await site.ask("DELETE", "/shop").status == 405)
    }

    @Test func `the language that was chosen is kept, and nobody is sent elsewhere`() async {
        let chosen = await site.ask("POST", "/language", form: "\(Self.token)&language=zh&back=%2Fshop%3Fa")
        #expect(chosen.headers["Location"] == "/shop?a")
        #expect(chosen.headers.values("Set-Cookie").contains { $0.hasPrefix("fnf_language=zh;") })
        for place in ["//evil.example", "https://evil.example", "/\\evil", "/a%0d%0aX: y"] {
            let answer = await site.ask("POST", "/language", form: "\(Self.token)&language=zh&back=\(place)")
            #expect(answer.headers["Location"] == "/", "\(place)")
        }
    }

    @Test func `files of the pages are kept by browsers under a name that changes with them`() async throws {
        let page = await site.ask("GET", "/shop").text
        let path = try #require(page.firstMatch(of: /href="(\/assets\/\w+\.css)"/)?.1)
        let style = await site.ask("GET", String(path))
        #expect(style.headers["Content-Type"] == "text/css; charset=utf-8")
        #expect(style.headers["Cache-Control"] == "public, max-age=31536000, immutable")
        #expect(PageAssets(styles: ["a { }"]).stylePath != PageAssets().stylePath)
    }

    @Test func `a file is saved under its name, whatever is in it`() async {
        let answer = await site.ask("GET", "/file")
        #expect(
            answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''a%20%22b%22.yaml")
    }

    @Test func `what could not be read is refused as a page`() {
        let answer = site.endpoint.refusal(of: .bodyTooLarge(bytesMax: 10), head: nil)
        #expect(answer.status == 413)
        #expect(answer.text.contains("At most 10 bytes"))
    }
}
