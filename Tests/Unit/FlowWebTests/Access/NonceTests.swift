import FlowWebAPI
import LoopSupport
import Primitives
import RPCProtocol
import RequestSigning
import Testing

@testable import FlowWeb

@Suite(.timeLimit(.minutes(1)))
struct NonceTests {
    @Test func `what was let in before a kill is refused after it`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let request = house.signed()
        #expect(await house.refusal(of: request) == nil)
        let next = try house.afterKill()
        #expect(await next.refusal(of: request) == .nonceUsed)
        #expect(await next.refusal(of: next.signed(nonce: "new")) == nil)
    }

    @Test func `after an orderly end too, and what was signed before the start is let in once`() async throws
    {
        let house = try Gatehouse()
        try await house.create("me")
        let (used, unused) = (house.signed(), house.signed())
        #expect(await house.refusal(of: used) == nil)
        await house.desk.close()
        let next = try house.afterKill()
        await house.loop.advance(by: .seconds(5))
        #expect(await next.refusal(of: used) == .nonceUsed)
        #expect(await next.refusal(of: unused) == nil)
    }

    @Test(arguments: ["boot2", nil])
    func `after another boot what was signed before the start is refused`(_ boot: String?) async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let (used, unused) = (house.signed(), house.signed())
        #expect(await house.refusal(of: used) == nil)
        await house.loop.advance(by: .seconds(5))
        let next = try house.afterKill(boot: boot)
        for request in [used, unused] {
            #expect(
                await next.refusal(of: request)
                    == .tooSkewed(requestTime: request.time, now: house.loop.now))
        }
        #expect(await next.refusal(of: next.signed(nonce: "new")) == nil)
        #expect(await next.desk.status["nonces"] == 1)
    }

    @Test func `a lost or torn nonce file is the same as another boot`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let request = house.signed()
        #expect(await house.refusal(of: request) == nil)
        await house.desk.close()
        await house.loop.advance(by: .seconds(5))
        let torn = try house.folder.crashImage()
        try Files.write(
            "no database at all, but long enough to look like one", to: "\(torn.path)/nonces.sqlite")
        for folder in [torn, try house.folder.crashImage(without: "nonces.sqlite")] {
            let next = try Gatehouse(folder: folder, loop: house.loop)
            #expect(
                await next.refusal(of: request)
                    == .tooSkewed(requestTime: request.time, now: house.loop.now))
            #expect(await next.refusal(of: next.signed()) == nil)
        }
    }

    @Test func `a new folder has nothing to fear from requests of before`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        #expect(await house.refusal(of: house.signed(after: .seconds(-800))) == nil)
    }

    @Test func `a nonce is forgotten when no clock lets its request in any more, and not before`()
        async throws
    {
        let house = try Gatehouse()
        try await house.create("me")
        // Signed by a clock that is ahead: it could be sent again for half an hour.
        let ahead = house.signed(after: .seconds(900), nonce: "ahead")
        #expect(await house.refusal(of: ahead) == nil)
        #expect(await house.refusal(of: house.signed(nonce: "even")) == nil)
        await house.loop.advance(by: .seconds(1800))
        #expect(await house.refusal(of: ahead) == .nonceUsed)
        #expect(await house.desk.status["nonces"] == 1)
        await house.loop.advance(by: .seconds(301))
        #expect(await house.desk.status["nonces"] == 0)
        #expect(await house.refusal(of: house.signed(nonce: "ahead")) == nil)
    }

    @Test func `a clock that is set back makes no request good again whose nonce is forgotten`() async throws
    {
        let house = try Gatehouse()
        try await house.create("me")
        let request = house.signed(nonce: "n")
        #expect(await house.refusal(of: request) == nil)
        await house.loop.advance(by: .seconds(21 * 60))
        #expect(await house.desk.status["nonces"] == 0)
        await house.loop.advance(by: .seconds(-20 * 60))
        let next = try house.afterKill()
        for desk in [house, next] {
            #expect(
                await desk.refusal(of: request)
                    == .tooSkewed(requestTime: request.time, now: house.loop.now))
        }
        // Those that are signed with the clock of some minutes later are remembered from now on.
        #expect(await house.refusal(of: house.signed(after: .seconds(300))) == nil)
    }

    @Test func `nonces of one key are bounded, and the answer says when there is room`() async throws {
        let house = try Gatehouse { $0.noncesPerKeyMax = 3 }
        try await house.create("me")
        try await house.create("you")
        for _ in 1...3 { #expect(await house.refusal(of: house.signed()) == nil) }
        // 09:30 and the skew: 09:45, in the slot that ends at 09:50.
        #expect(
            await house.refusal(of: house.signed()) == .throttled(retryAfter: .seconds(20 * 60)))
        #expect(await house.refusal(of: house.signed("you")) == nil)
        await house.loop.advance(by: .seconds(20 * 60))
        #expect(await house.refusal(of: house.signed()) == nil)
    }

    @Test func `the bound holds within one tick and over a restart`() async throws {
        let house = try Gatehouse { $0.noncesMax = 4 }
        try await house.create("me")
        let requests = (1...9).map { _ in house.signed() }
        let admitted = await withTaskGroup(of: Bool.self) { group in
            for request in requests { group.addTask { await house.refusal(of: request) == nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(admitted == 4)
        #expect(try await house.afterKill().desk.status["nonces"] == 4)
    }

    @Test func `many expired nonces go a piece at a time`() async throws {
        let folder = try TemporaryFolder()
        let store = try NonceStore(path: "\(folder.path)/nonces.sqlite", boot: "b")
        let now = Timestamp(microseconds: 0)
        let marks = (0..<25).map { NonceMark(accessKeyID: "me", nonce: "\($0)", expires: now) }
        _ = try store.remember(marks, at: now) { _ in nil }
        let later = NonceMark(accessKeyID: "me", nonce: "later", expires: now.advanced(by: .seconds(3600)))
        _ = try store.remember([later], at: now) { _ in nil }
        let end = now.advanced(by: .seconds(300))
        #expect(try store.forget(at: end.advanced(by: .microseconds(-1)), limit: 10) == false)
        #expect(store.count == 26)
        #expect(try store.forget(at: end, limit: 10) && store.count == 16)
        #expect(try store.forget(at: end, limit: 10) && store.count == 6)
        #expect(try !store.forget(at: end, limit: 10) && store.count == 1)
        #expect(store.oldestSlot == NonceMark.slot(of: now.advanced(by: .seconds(3600))))
    }
}
