import FlowWebAPI
import GRDB
import HTTPMessage
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowWeb

@Suite(.timeLimit(.minutes(1)))
struct SignInLinkTests {
    private func link(
        _ house: Gatehouse, _ change: @Sendable (inout CreateSignInLink.Params) -> Void = { _ in }
    ) async throws(RPCFailure) -> CreateSignInLink.Result {
        var params = CreateSignInLink.Params()
        change(&params)
        return try await house.admin.call(CreateSignInLink.self, params)
    }

    private func use(_ link: CreateSignInLink.Result, _ browser: Browser) async -> Browser.Seen {
        await browser.post(link.path)
    }

    @Test func `a link signs in once; looking at it uses nothing up`() async throws {
        let house = try Gatehouse()
        let link = try await link(house) {
            $0.role = .operate
            $0.flows = ["Order*"]
            $0.name = "Li & Wang"
        }
        let browser = Browser(house)
        for _ in 0..<3 {
            let page = await browser.get(link.path)
            #expect(page.status == 200 && page.text.contains("Sign in as Li &amp; Wang?"))
            #expect(browser.session == nil)
        }
        let answer = await use(link, browser)
        #expect(answer.status == 303 && answer.location == "/console")
        #expect(await browser.who == "Li &amp; Wang operate true false")
        let late = Browser(house)
        #expect(await use(link, late).status == 404 && late.session == nil)
        #expect(await Browser(house).get(link.path).status == 404)
        #expect(house.metrics.value("fnf_web_sign_ins_total{with=\"link\"}") == 1)
        #expect(house.metrics.value("fnf_web_sign_ins_refused_total{reason=\"noSuchLink\"}") == 1)
    }

    @Test func `of many who use a link at once, one is signed in`() async throws {
        let house = try Gatehouse()
        let link = try await link(house)
        let browsers = (0..<8).map { _ in Browser(house) }
        for browser in browsers { _ = await browser.get("/who") }
        let answers = await withTaskGroup(of: Int.self) { group in
            for browser in browsers { group.addTask { await use(link, browser).status } }
            return await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(answers.sorted() == [303] + Array(repeating: 404, count: 7))
        #expect(await house.sessions.openSessions == 1)
    }

    @Test func `a link outlives the service until it is used, and stays used`() async throws {
        let house = try Gatehouse()
        let link = try await link(house)
        let next = try house.afterKill()
        #expect(await use(link, Browser(next)).status == 303)
        #expect(await use(link, Browser(try next.afterKill())).status == 404)
    }

    @Test func `a link is over after five minutes, or when its maker says`() async throws {
        let house = try Gatehouse()
        let (usual, short) = (try await link(house), try await link(house) { $0.lifetimeSeconds = 10 })
        #expect(usual.expiresTime == "2026-11-23T09:35:00.000Z")
        await house.loop.advance(by: .seconds(9))
        #expect(await Browser(house).get(short.path).status == 200)
        await house.loop.advance(by: .seconds(1))
        #expect(await use(short, Browser(house)).status == 404)
        await house.loop.advance(by: .seconds(289))
        #expect(await Browser(house).get(usual.path).status == 200)
        await house.loop.advance(by: .seconds(1))
        #expect(await use(usual, Browser(house)).status == 404)
    }

    @Test func `a link takes the place of whoever was signed in there`() async throws {
        let house = try Gatehouse()
        try await house.create("me", role: .read)
        let browser = Browser(house)
        await browser.signIn()
        let former = browser.session
        #expect(await use(try await link(house), browser).status == 303)
        #expect(await browser.who.contains("admin"))
        let thief = Browser(house)
        thief.set("fnf_session", former)
        #expect(await thief.who == "nobody none true true")
    }

    @Test func `a link needs the form that was shown, not a stranger's`() async throws {
        let house = try Gatehouse()
        let link = try await link(house)
        #expect(await Browser(house).post(link.path, token: "0").status == 403)
        #expect(await use(link, Browser(house)).status == 303)
    }

    @Test func `only so many links wait to be used`() async throws {
        let house = try Gatehouse(sessionSettings: { $0.linksMax = 2 })
        let first = try await link(house)
        _ = try await link(house) { $0.lifetimeSeconds = 20 }
        let error = await refusal { try await link(house) }
        #expect(error?.name == .signInLinkNumExceededLimit)
        #expect(await use(first, Browser(house)).status == 303)
        _ = try await link(house)
        await house.loop.advance(by: .seconds(20))
        _ = try await link(house)
    }

    @Test func `what no link can have is refused, and only the administrators' door makes one`() async throws
    {
        let house = try Gatehouse()
        let changes: [@Sendable (inout CreateSignInLink.Params) -> Void] = [
            { $0.lifetimeSeconds = 0 }, { $0.lifetimeSeconds = 3601 }, { $0.lifetimeSeconds = .max },
            { $0.name = "" }, { $0.name = String(repeating: "a", count: 65) }, { $0.name = "a\nb" },
            { $0.flows = ["a b"] }, { $0.flows = Array(repeating: "a", count: 33) },
        ]
        for change in changes {
            #expect(await refusal { try await link(house, change) }?.name == .invalidSignInLink)
        }
        let denied = await refusal { try await house.client.call(CreateSignInLink.self, .init()) }
        #expect(denied?.name == .accessDenied)
    }

    @Test func `who can only write the database makes no link better`() async throws {
        let house = try Gatehouse()
        let link = try await link(house) { $0.role = .read }
        let image = try house.folder.crashImage()
        let queue = try DatabaseQueue(path: "\(image.path)/flow-web.sqlite")
        try await queue.write { try $0.execute(sql: "UPDATE sign_in_links SET role = 'admin'") }
        try queue.close()
        let next = try Gatehouse(folder: image, loop: house.loop)
        #expect(await use(link, Browser(next)).status == 404)
    }

    @Test func `the addresses are those that browsers reach, without TLS first`() {
        let addresses = PageAddresses()
        addresses.add(scheme: "https", address: .v6(0, 0), port: 8443)
        addresses.add(scheme: "http", address: .v4(0), port: 8080)
        addresses.add(scheme: "http", address: .v4(0x0A00_0005), port: 80)
        addresses.add(scheme: "http", address: .v6(0, 1), port: 8080)
        addresses.add(scheme: "http", address: .v4(0), port: 8080)
        #expect(
            addresses.all == [
                "http://127.0.0.1:8080", "http://10.0.0.5:80", "http://[::1]:8080", "https://127.0.0.1:8443",
            ])
    }
}
