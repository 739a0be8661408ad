import FlowWebAPI
import GRDB
import LoopSupport
import Primitives
import RPCProtocol
import RequestSigning
import Testing

@testable import FlowWeb

@Suite(.timeLimit(.minutes(1)))
struct SessionEndTests {
    private let nobody = "nobody none true true"

    private func signedIn(_ house: Gatehouse, _ key: String = "me") async -> Browser {
        let browser = Browser(house)
        await browser.signIn(key)
        return browser
    }

    /// The same browser at another process over the same files.
    private func moved(_ browser: Browser, to house: Gatehouse) -> Browser {
        let next = Browser(house)
        next.set("fnf_session", browser.session)
        return next
    }

    @Test func `a session ends after twelve hours, however often its browser comes`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let browser = await signedIn(house)
        for _ in 0..<11 {
            await house.loop.advance(by: .seconds(3600))
            #expect(await browser.who == "me operate true true")
        }
        await house.loop.advance(by: .seconds(3599))
        #expect(await browser.who == "me operate true true")
        await house.loop.advance(by: .seconds(1))
        #expect(await browser.who == nobody)
        #expect(await house.sessions.openSessions == 0)
    }

    @Test func `a session ends after two hours without a request, also across a restart`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let (idle, busy) = (await signedIn(house), await signedIn(house))
        await house.loop.advance(by: .seconds(7199))
        #expect(await busy.who == "me operate true true")
        await house.loop.advance(by: .seconds(1))
        #expect(await idle.who == nobody)
        // When it was seen is on disk within a minute.
        await house.loop.advance(by: .seconds(60))
        await house.loop.until { house.loop.armed.isEmpty }
        await house.sessions.writeLastSeen()
        let next = try house.afterKill()
        #expect(await moved(busy, to: next).who == "me operate true true")
        await house.loop.advance(by: .seconds(7200))
        #expect(await moved(busy, to: try house.afterKill()).who == nobody)
    }

    @Test func `sessions survive a kill right after they were answered`() async throws {
        let house = try Gatehouse()
        try await house.create("me", role: .admin, flows: ["Order*"])
        let browser = await signedIn(house)
        let token = await browser.get("/who").formToken
        let next = moved(browser, to: try house.afterKill())
        #expect(await next.who == "me admin true false")
        #expect(await next.get("/who").formToken == token)
    }

    @Test func `signing out ends this session on the disk and no other`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let (browser, other) = (await signedIn(house), await signedIn(house))
        let thief = moved(browser, to: house)
        let answer = await browser.post("/signout", from: "/who")
        #expect(answer.location == "/signin" && browser.session == nil)
        let next = try house.afterKill()
        #expect(await thief.who == nobody)
        #expect(await moved(thief, to: next).who == nobody)
        #expect(await other.who == "me operate true true")
        #expect(await moved(other, to: next).who == "me operate true true")
        #expect(await browser.post("/signout", from: "/who").location == "/signin")
    }

    enum Change: CaseIterable { case disable, delete, secret, role, flows }

    @Test(arguments: Change.allCases)
    func `a session ends at once with its key, and does not come back with it`(_ change: Change) async throws
    {
        let house = try Gatehouse()
        try await house.create("me")
        try await house.create("you")
        let (browser, other) = (await signedIn(house), await signedIn(house, "you"))
        switch change {
        case .disable: _ = try await house.admin.call(DisableAccessKey.self, .with { $0.accessKeyID = "me" })
        case .delete: _ = try await house.admin.call(DeleteAccessKey.self, .with { $0.accessKeyID = "me" })
        case .secret: try await house.create("me", secret: "another", replace: true)
        case .role: try await house.create("me", role: .admin, replace: true)
        case .flows: try await house.create("me", flows: ["Order*"], replace: true)
        }
        // As it was before, and without a request of the browser meanwhile.
        try await house.create("me", replace: true)
        #expect(await house.sessions.openSessions == 1)
        #expect(await moved(browser, to: try house.afterKill()).who == nobody)
        #expect(await browser.who == nobody)
        #expect(await other.who == "you operate true true")
    }

    @Test func `enabling a key, or giving it what it has, ends nothing`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let browser = await signedIn(house)
        try await house.create("me", replace: true)
        try await house.create("me")
        _ = try await house.admin.call(EnableAccessKey.self, .with { $0.accessKeyID = "me" })
        #expect(await browser.who == "me operate true true")
        #expect(await moved(browser, to: try house.afterKill()).who == "me operate true true")
    }

    @Test func `a key that is disabled while it signs in leaves no session`() async throws {
        let house = try Gatehouse()
        for _ in 0..<20 {
            try await house.create("me", replace: true)
            let browser = Browser(house)
            async let signing = browser.signIn()
            async let disabling = house.admin.call(DisableAccessKey.self, .with { $0.accessKeyID = "me" })
            _ = (await signing, try await disabling)
            #expect(await house.sessions.openSessions == 0)
            #expect(await browser.who == nobody)
        }
    }

    @Test func `beyond the bound the session that was idle longest ends`() async throws {
        let house = try Gatehouse(sessionSettings: { $0.sessionsMax = 3 })
        try await house.create("me")
        var browsers: [Browser] = []
        for _ in 0..<3 {
            browsers.append(await signedIn(house))
            await house.loop.advance(by: .seconds(61))
        }
        #expect(await browsers[0].who == "me operate true true")
        await house.sessions.writeLastSeen()
        browsers.append(await signedIn(house))
        #expect(await house.sessions.openSessions == 3)
        #expect(await browsers[1].who == nobody)
        for index in [0, 2, 3] { #expect(await browsers[index].who == "me operate true true", "\(index)") }
        #expect(house.metrics.snapshot["fnf_web_sessions"] == 3)
    }

    @Test func `the holder of one key can't end the sessions of others by signing in`() async throws {
        let house = try Gatehouse(sessionSettings: {
            $0.sessionsMax = 5
            $0.sessionsPerKeyMax = 2
        })
        try await house.create("me", role: .admin)
        try await house.create("you", role: .read)
        let browser = await signedIn(house)
        await house.loop.advance(by: .seconds(1))
        for _ in 0..<20 { _ = await signedIn(house, "you") }
        #expect(await browser.who == "me admin true true")
        #expect(await house.sessions.openSessions == 3)
    }

    @Test func `another credential ends all sessions and links, and the keys stay`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let browser = await signedIn(house)
        let link = try await house.admin.call(CreateSignInLink.self, .init())
        let both =
            "\(Base64.encode(Array(repeating: 8, count: 32)))\n\(Base64.encode(Gatehouse.credential))\n"
        let next = try house.afterKill(credential: Array(both.utf8))
        #expect(await moved(browser, to: next).who == nobody)
        #expect(await Browser(next).get(link.path).status == 404)
        #expect(await next.sessions.openSessions == 0)
        #expect(await signedIn(next).who == "me operate true true")
    }

    @Test(arguments: [
        "role = 'admin'", "flows = ''", "name = 'root'", "expires = expires * 2", "access_key = 'you'",
        "access_key = NULL, access_key_mark = NULL", "seal = ''",
    ])
    func `who can only write the database gives no session other rights`(_ change: String) async throws {
        let house = try Gatehouse()
        try await house.create("me", role: .read, flows: ["Order*"])
        try await house.create("you", role: .admin)
        let browser = await signedIn(house)
        let image = try house.folder.crashImage()
        let queue = try DatabaseQueue(path: "\(image.path)/flow-web.sqlite")
        try await queue.write { try $0.execute(sql: "UPDATE sessions SET \(change)") }
        try queue.close()
        #expect(await moved(browser, to: try Gatehouse(folder: image, loop: house.loop)).who == nobody)
    }
}
