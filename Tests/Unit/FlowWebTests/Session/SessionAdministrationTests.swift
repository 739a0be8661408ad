import FlowWebAPI
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowWeb

@Suite(.timeLimit(.minutes(1)))
struct SessionAdministrationTests {
    private func list(_ house: Gatehouse) async throws -> [SessionRecord] {
        try await house.admin.call(ListSessions.self, .init()).sessions
    }

    @Test func `sessions are listed with whom, since when and until when, and nothing that signs in`()
        async throws
    {
        let house = try Gatehouse()
        try await house.create("me", role: .read, flows: ["Order*"])
        let browser = Browser(house)
        await browser.signIn()
        await house.loop.advance(by: .seconds(30))
        _ = await browser.get("/who")
        let link = try await house.admin.call(CreateSignInLink.self, .with { $0.name = "li" })
        await Browser(house).post(link.path)
        let sessions = try await list(house).sorted { $0.name > $1.name }
        #expect(sessions.map(\.name) == ["me", "li"])
        #expect(sessions[0].accessKeyID == "me" && sessions[1].accessKeyID == nil)
        #expect(sessions[0].role == .read && sessions[0].flows == ["Order*"])
        #expect(sessions[0].createdTime == "2026-11-23T09:30:00.000Z")
        #expect(sessions[0].lastSeenTime == "2026-11-23T09:30:30.000Z")
        #expect(sessions[0].expiresTime == "2026-11-23T21:30:00.000Z")
        #expect(browser.session?.contains(sessions[0].sessionID) == false)
        await house.loop.advance(by: .seconds(7200))
        #expect(try await list(house).isEmpty)
    }

    @Test func `a list goes on where it ended`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        for _ in 0..<5 { await Browser(house).signIn() }
        var seen: [String] = []
        var token: String?
        repeat {
            let page = try await house.admin.call(
                ListSessions.self,
                .with {
                    $0.limit = 2
                    $0.nextToken = token
                })
            seen += page.sessions.map(\.sessionID)
            token = page.nextToken
        } while token != nil
        #expect(Set(seen).count == 5 && seen.count == 5)
        let error = await refusal { try await house.admin.call(ListSessions.self, .with { $0.limit = 0 }) }
        #expect(error?.name == .invalidSession)
    }

    @Test func `an operator ends a session at once and for good`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let browsers = [Browser(house), Browser(house)]
        await browsers[0].signIn()
        let id = try #require(try await list(house).first?.sessionID)
        await browsers[1].signIn()
        _ = try await house.admin.call(EndSession.self, .with { $0.sessionID = id })
        let next = Browser(try house.afterKill())
        next.set("fnf_session", browsers[0].session)
        #expect(await next.who == "nobody none true true")
        #expect(await browsers[0].who == "nobody none true true")
        #expect(await browsers[1].who == "me operate true true")
        for id in [id, "", "0123456789ab"] {
            let error = await refusal {
                try await house.admin.call(EndSession.self, .with { $0.sessionID = id })
            }
            #expect(error?.name == .sessionNotExists)
        }
        let denied = await refusal { try await house.client.call(ListSessions.self, .init()) }
        #expect(denied?.name == .accessDenied)
    }
}
