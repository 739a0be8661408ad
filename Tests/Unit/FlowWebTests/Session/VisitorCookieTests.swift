import FlowWebAPI
import HTTPMessage
import LoopSupport
import ServiceLedger
import Testing

@testable import FlowWeb

@Suite(.timeLimit(.minutes(1)))
struct VisitorCookieTests {
    @Test func `a stranger gets an identity, keeps it, and costs no write`() async throws {
        let house = try Gatehouse()
        let commits = house.desk.store.commits
        let browser = Browser(house)
        let first = await browser.get("/who")
        #expect(first.setCookies.count == 1)
        let cookie = try #require(first.setCookies.first)
        #expect(cookie.hasPrefix("fnf_visitor=") && cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Lax"))
        let second = await browser.get("/who")
        #expect(second.setCookies.isEmpty && second.formToken == first.formToken)
        #expect(await browser.who == "nobody none true true")
        for _ in 0..<200 { _ = await Browser(house).get("/who") }
        for _ in 0..<3 { await browser.signIn("nobody", "wrong") }
        #expect(house.desk.store.commits == commits)
    }

    @Test func `each visitor's forms are their own, before signing in and after`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let (one, other) = (Browser(house), Browser(house))
        let tokens = [await one.get("/who").formToken, await other.get("/who").formToken]
        #expect(tokens[0] != tokens[1])
        await one.signIn()
        let signedIn = await one.get("/who").formToken
        await one.signIn()
        let again = await one.get("/who").formToken
        #expect(Set(tokens + [signedIn, again]).count == 4)
        for token in tokens + [signedIn, "", "00"] {
            #expect(await one.post("/change", token: token ?? "").status == 403)
        }
        #expect(await one.post("/change", token: again ?? "").location == "/who")
        #expect(await other.post("/signin", token: again ?? "").status == 403)
    }

    @Test func `a form of another site is not taken though its token is right`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let browser = Browser(house)
        let fields = [("key", "me"), ("secret", "s3cret-of-the-test")]
        for origin in ["http://evil.example", "http://127.0.0.1:8081", "null"] {
            let answer = await browser.post("/signin", fields, headers: [("Origin", origin)])
            #expect(answer.status == 403 && browser.session == nil, "\(origin)")
        }
        let own = await browser.post("/signin", fields, headers: [("Origin", "http://127.0.0.1:8080")])
        #expect(own.status == 303 && browser.session != nil)
    }

    @Test func `a visitor's cookie that is not ours is worth nothing`() async throws {
        let house = try Gatehouse()
        let browser = Browser(house)
        let token = await browser.get("/who").formToken
        let cookie = try #require(browser.cookie("fnf_visitor"))
        for forged in Forgery.all(of: cookie) {
            browser.set("fnf_visitor", forged)
            let seen = await browser.get("/who")
            #expect(seen.formToken != token && seen.setCookies.count == 1, "\(forged)")
        }
        browser.set("fnf_visitor", cookie)
        #expect(await browser.get("/who").formToken == token)
    }

    @Test func `a session's cookie that is not ours signs nobody in, and is taken away`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let browser = Browser(house)
        await browser.signIn()
        let cookie = try #require(browser.session)
        #expect(await browser.who == "me operate true true")
        let visitor = try #require(browser.cookie("fnf_visitor"))
        for forged in Forgery.all(of: cookie) + [visitor, "\(cookie) "] {
            browser.set("fnf_session", forged)
            let seen = await browser.get("/who")
            #expect(seen.text.contains("nobody none"), "\(forged)")
            #expect(seen.setCookies.contains { $0.hasPrefix("fnf_session=; ") && $0.contains("Max-Age=0") })
        }
        browser.set("fnf_session", cookie)
        #expect(await browser.who == "me operate true true")
        // The other way round: a session is no visitor's identity.
        browser.set("fnf_session", nil)
        browser.set("fnf_visitor", cookie)
        #expect(await browser.get("/who").setCookies.count == 1)
    }

    @Test func `over TLS cookies are sent back over TLS only, also behind a proxy that says so`() async throws
    {
        let house = try Gatehouse()
        try await house.create("me")
        let direct = Browser(house, isSecure: true)
        let first = await direct.get("/who")
        let signedIn = await direct.signIn()
        let behind = await Browser(house).get("/who", headers: [("X-Forwarded-Proto", "https")])
        let plain = await Browser(house).get("/who")
        let cookies = first.setCookies + signedIn.setCookies + behind.setCookies
        #expect(cookies.count == 3 && cookies.allSatisfy { $0.hasSuffix("; Secure") })
        #expect(
            signedIn.setCookies.contains { $0.contains("; HttpOnly; SameSite=Lax; Max-Age=43200; Secure") })
        #expect(!plain.setCookies.contains { $0.contains("Secure") })
    }

    @Test func `what never changes under its path says nothing about a visitor`() async throws {
        let house = try Gatehouse()
        let browser = Browser(house)
        let page = await browser.get("/who").text
        let begin = try #require(page.firstRange(of: "href=\"/assets/")?.lowerBound)
        let path = page[begin...].dropFirst("href=\"".count).prefix { $0 != "\"" }
        let asset = await Browser(house).get(String(path))
        #expect(asset.status == 200 && asset.setCookies.isEmpty)
    }
}

/// What somebody makes of a cookie who does not have the key.
enum Forgery {
    static func all(of cookie: String) -> [String] {
        let text = Array(cookie)
        let changed = stride(from: 0, to: text.count, by: 7).map { index -> String in
            var text = text
            text[index] = text[index] == "0" ? "1" : "0"
            return String(text)
        }
        let cut =
            stride(from: 0, to: text.count, by: 5).map { String(text[..<$0]) } + [String(text.dropLast())]
        let id = cookie.prefix { $0 != "." }
        return changed + cut + [
            "\(id)", "\(id).", "\(id).\(id)", ".\(cookie)", "\(cookie)0", "\(cookie)00", cookie.uppercased(),
            ".", "", String(repeating: "0", count: 100_000),
        ]
    }
}
