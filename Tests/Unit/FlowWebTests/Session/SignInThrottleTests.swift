import FlowWebAPI
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowWeb

@Suite(.timeLimit(.minutes(1)))
struct SignInThrottleTests {
    @Test func `after ten failures an address waits, also with the right secret, and is told how long`()
        async throws
    {
        let house = try Gatehouse()
        try await house.create("me")
        let browser = Browser(house, peer: "10.0.0.1")
        for _ in 0..<10 { #expect(await browser.signIn("me", "wrong").status == 403) }
        for secret in ["wrong", "s3cret-of-the-test"] {
            let answer = await browser.signIn("me", secret)
            #expect(answer.status == 429 && browser.session == nil)
            #expect(answer.text.contains("Try again in 6 s."), "\(answer.text)")
        }
        #expect(house.metrics.value("fnf_web_sign_ins_refused_total{reason=\"throttled\"}") == 2)
        // Others are not held up by it.
        #expect(await Browser(house, peer: "10.0.0.2").signIn().status == 303)
        await house.loop.advance(by: .milliseconds(5999))
        #expect(await browser.signIn().status == 429)
        await house.loop.advance(by: .milliseconds(1))
        #expect(await browser.signIn().status == 303)
    }

    @Test func `signing in takes nothing from what may fail`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        for _ in 0..<30 { #expect(await Browser(house).signIn().status == 303) }
    }

    @Test func `many guesses at once find no more room than one after the other`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let browsers = (0..<40).map { _ in Browser(house) }
        for browser in browsers { _ = await browser.get("/who") }
        let answers = await withTaskGroup(of: Int.self) { group in
            for browser in browsers { group.addTask { await browser.signIn("me", "wrong").status } }
            return await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(answers == [403: 10, 429: 30])
    }

    @Test func `from everywhere together there is a bound as well, and a good link knows none`() async throws
    {
        let house = try Gatehouse(sessionSettings: { $0.failuresPerMinuteOverallMax = 20 })
        try await house.create("me")
        for number in 0..<20 {
            #expect(await Browser(house, peer: "10.0.1.\(number)").signIn("me", "wrong").status == 403)
        }
        let browser = Browser(house, peer: "10.0.2.1")
        #expect(await browser.signIn().status == 429)
        let link = try await house.admin.call(CreateSignInLink.self, .init())
        #expect(await browser.post("/signin/0123456789").status == 429)
        #expect(await browser.post(link.path).status == 303)
        await house.loop.advance(by: .seconds(3))
        #expect(await Browser(house, peer: "10.0.2.2").signIn().status == 303)
    }

    @Test func `whoever has an IPv6 address has all of its network`() {
        #expect(
            SignInThrottle.place(of: "2001:db8::1") == SignInThrottle.place(of: "2001:db8:0:0:ffff::2"))
        #expect(SignInThrottle.place(of: "2001:db8::1") != SignInThrottle.place(of: "2001:db8:0:1::1"))
        #expect(
            SignInThrottle.place(of: "::ffff:10.0.0.1") != SignInThrottle.place(of: "::ffff:10.0.0.2"))
        #expect(SignInThrottle.place(of: "10.0.0.1") != SignInThrottle.place(of: "10.0.0.2"))
    }

    @Test func `addresses are forgotten once they could fail as often as a new one`() {
        let begin = Timestamp(microseconds: 0)
        var throttle = SignInThrottle(SessionSettings(), at: begin)
        var now = begin
        for number in 0..<20_000 {
            now = now.advanced(by: .milliseconds(200))
            _ = throttle.take("10.\(number >> 16).\(number >> 8 & 255).\(number & 255)", at: now)
            #expect(throttle.placeCount <= 128)
        }
    }
}
