import FlowWebAPI
import Foundation
import HTTPMessage
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowWeb

@Suite(.timeLimit(.minutes(1)))
struct SigningInTests {
    @Test(arguments: AccessKeyRole.allCases)
    func `a key signs in with its role and its flows`(_ role: AccessKeyRole) async throws {
        let house = try Gatehouse()
        try await house.create("me", role: role, flows: ["Order*"])
        let browser = Browser(house)
        let refused = await browser.get("/console/keys?page=2")
        #expect(refused.location == "/signin?to=%2Fconsole%2Fkeys%3Fpage%3D2")
        let answer = await browser.signIn(to: "/console/keys?page=2")
        #expect(answer.status == 303 && answer.location == "/console/keys?page=2")
        #expect(await browser.who == "me \(role.rawValue) true false")
        #expect(await browser.get("/console/keys").status == (role == .admin ? 200 : 403))
        let mayChange = role != .read
        #expect(await browser.post("/change", from: "/who").status == (mayChange ? 303 : 403))
        #expect(house.metrics.value("fnf_web_sign_ins_total{with=\"key\"}") == 1)
    }

    @Test func `an unknown key, a disabled one and a wrong secret are answered alike`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        try await house.create("off")
        _ = try await house.admin.call(DisableAccessKey.self, .with { $0.accessKeyID = "off" })
        var answers: Set<String> = []
        for (key, secret) in [
            ("me", "wrong"), ("me", ""), ("nobody", "s3cret-of-the-test"), ("off", "s3cret-of-the-test"),
            ("nobody", ""), ("", ""), ("me", "S3cret-of-the-test"), ("me", "s3cret-of-the-test "),
        ] {
            let browser = Browser(house)
            let answer = await browser.signIn(key, secret)
            #expect(answer.status == 403 && browser.session == nil, "\(key) \(secret)")
            #expect(answer.text.contains("aria-invalid=\"true\""))
            answers.insert(
                answer.text.replacing("value=\"\(key)\"", with: "value=\"KEY\"")
                    .replacing(answer.formToken ?? "-", with: "TOKEN"))
        }
        #expect(answers.count == 1)
        #expect(house.metrics.value("fnf_web_sign_ins_refused_total{reason=\"wrongKey\"}") == 8)
    }

    @Test func `the secret is never shown again, the key is, as text`() async throws {
        let house = try Gatehouse()
        let answer = await Browser(house).signIn("\"><script>alert(1)</script>", "my-secret-typed")
        #expect(!answer.text.contains("my-secret-typed") && !answer.text.contains("<script>alert"))
        #expect(answer.text.contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\""))
    }

    @Test(arguments: [
        ("", "/console"), ("/", "/console"), ("/shop/merchant?x=1", "/shop/merchant?x=1"),
        ("//evil.example", "/console"), ("https://evil.example/", "/console"),
        ("/\\evil.example", "/console"),
        ("/shop\r\nSet-Cookie: a=b", "/console"), ("javascript:alert(1)", "/console"),
        ("/signin", "/console"),
        ("/signin/0123", "/console"),
    ])
    func `who has signed in goes on at a place of ours`(_ asked: String, _ place: String) async throws {
        let house = try Gatehouse()
        try await house.create("me")
        #expect(await Browser(house).signIn(to: asked).location == place)
        let page = await Browser(house).get("/signin?to=\(PercentCoding.encode(asked))").text
        #expect(page.contains("name=\"to\" value=\"\(place)\""))
    }

    @Test func `signing in gives a session that nobody can have known, and ends the one before`() async throws
    {
        let house = try Gatehouse()
        try await house.create("me")
        try await house.create("attacker", role: .read)
        let attacker = Browser(house)
        await attacker.signIn("attacker")
        let planted = try #require(attacker.session)
        // The attacker's own session in somebody else's browser.
        let browser = Browser(house)
        browser.set("fnf_session", planted)
        #expect(await browser.who == "attacker read true true")
        await browser.signIn("me")
        #expect(browser.session != planted)
        #expect(await browser.who == "me operate true true")
        #expect(await attacker.who == "nobody none true true")
        // And again with the same key.
        let second = try #require(browser.session)
        await browser.signIn("me")
        let thief = Browser(house)
        thief.set("fnf_session", second)
        #expect(await thief.who == "nobody none true true")
        #expect(await house.sessions.openSessions == 1)
        // A made-up session before signing in is no session after it.
        let fresh = Browser(house)
        fresh.set("fnf_session", "\(String(repeating: "a", count: 64)).\(String(repeating: "b", count: 64))")
        await fresh.signIn("me")
        #expect(fresh.session?.hasPrefix("aaaa") == false)
        #expect(await fresh.who == "me operate true true")
    }

    @Test func `no file of the folder holds what signs in`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let browser = Browser(house)
        await browser.signIn()
        let link = try await house.admin.call(CreateSignInLink.self, .init())
        let id = try #require(browser.session?.prefix { $0 != "." })
        let token = try #require(link.path.split(separator: "/").last)
        for file in try Files.bytes(in: house.folder.path) {
            for secret in [id, token] {
                #expect(file.bytes.range(of: Data(secret.utf8)) == nil, "\(file.name)")
            }
        }
    }

    @Test func `the pages speak Chinese too`() async throws {
        let house = try Gatehouse()
        let chinese = [("Accept-Language", "zh-CN,zh;q=0.9")]
        let page = await Browser(house).get("/signin", headers: chinese)
        #expect(page.text.contains("lang=\"zh-CN\"") && page.text.contains("访问密钥"))
        let gone = await Browser(house).get("/signin/0123", headers: chinese)
        #expect(gone.status == 404 && gone.text.contains("此链接已失效"))
    }
}
