import FlowWebAPI
import LoopSupport
import Primitives
import RPCProtocol
import RequestSigning
import Synchronization
import Testing

@testable import FlowWeb

@Suite(.timeLimit(.minutes(1)))
struct AdmissionTests {
    @Test func `a request that the key's secret signed is let in with the key's rights`() async throws {
        let house = try Gatehouse()
        try await house.create("me", role: .read, flows: ["Order*"])
        #expect(
            try await house.desk.admit(house.signed())
                == AccessGrant(accessKeyID: "me", role: .read, flows: ["Order*"]))
    }

    @Test func `an unknown key, a disabled one and a wrong secret are told apart`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        #expect(await house.refusal(of: house.signed("other")) == .unknownKey("other"))
        let wrong = house.signed(secret: "s3cret-of-the-tesT")
        #expect(await house.refusal(of: wrong) == .signatureMismatch(stringToSign: wrong.stringToSign))
        _ = try await house.admin.call(DisableAccessKey.self, .with { $0.accessKeyID = "me" })
        #expect(await house.refusal(of: house.signed()) == .disabledKey("me"))
        _ = try await house.admin.call(EnableAccessKey.self, .with { $0.accessKeyID = "me" })
        #expect(await house.refusal(of: house.signed()) == nil)
        _ = try await house.admin.call(DeleteAccessKey.self, .with { $0.accessKeyID = "me" })
        #expect(await house.refusal(of: house.signed()) == .unknownKey("me"))
    }

    @Test func `clocks may differ by fifteen minutes either way and by no more`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let minutes = { (count: Int) in Duration.seconds(60 * count) }
        for inside in [minutes(-15), minutes(-14), minutes(14), minutes(15)] {
            #expect(await house.refusal(of: house.signed(after: inside)) == nil)
        }
        for outside in [minutes(-15) - .seconds(1), minutes(15) + .seconds(1), minutes(-60 * 24)] {
            let request = house.signed(after: outside)
            #expect(
                await house.refusal(of: request)
                    == .tooSkewed(requestTime: request.time, now: house.loop.now))
        }
    }

    @Test func `a nonce is let in once for each key, also with another time`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        try await house.create("you", secret: "another-secret")
        let request = house.signed(nonce: "n")
        #expect(await house.refusal(of: request) == nil)
        #expect(await house.refusal(of: request) == .nonceUsed)
        await house.loop.advance(by: .seconds(601))
        #expect(await house.refusal(of: house.signed(nonce: "n")) == .nonceUsed)
        #expect(await house.refusal(of: house.signed("you", secret: "another-secret", nonce: "n")) == nil)
    }

    @Test func `of two equal requests in one tick one is let in`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let request = house.signed(nonce: "n")
        async let first = house.refusal(of: request)
        async let second = house.refusal(of: request)
        let faults = await [first, second]
        #expect(faults.count { $0 == nil } == 1 && faults.count { $0 == .nonceUsed } == 1)
    }

    @Test func `the message service's requests have no nonce and may repeat`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let text = "GET\n\n\n\n/queues"
        let request = SignedRequest(
            scheme: .mns, accessKeyID: "me", time: house.loop.now, nonce: nil, stringToSign: text,
            signature: SignedRequest.code(.mns, text, secret: "s3cret-of-the-test"))
        for _ in 1...3 { #expect(await house.refusal(of: request) == nil) }
    }

    @Test func `a key that goes while its request's nonce is written lets nothing in`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let request = house.signed()
        let seen = Mutex<[AccessFault?]>([])
        // In one turn of the loop: the deletion is committed first, the nonce is written right after it.
        try await house.loop.run {
            house.loop.spawn {
                _ = try? await house.admin.call(DeleteAccessKey.self, .with { $0.accessKeyID = "me" })
            }
            house.loop.spawn {
                let fault = await house.refusal(of: request)
                seen.withLock { $0.append(fault) }
            }
        }
        await house.loop.until { seen.withLock { !$0.isEmpty } }
        #expect(seen.withLock { $0 } == [.unknownKey("me")])
        #expect(await house.desk.status["nonces"] == 1)
    }

    @Test func `what was refused is counted by why`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        _ = await house.refusal(of: house.signed("other"))
        _ = await house.refusal(of: house.signed(secret: "wrong"))
        _ = await house.refusal(of: house.signed())
        #expect(house.metrics.value("fnf_web_requests_refused_total{reason=\"unknownKey\"}") == 1)
        #expect(house.metrics.value("fnf_web_requests_refused_total{reason=\"signatureMismatch\"}") == 1)
        #expect(house.metrics.value("fnf_web_requests_admitted_total") == 1)
    }
}

@Suite(.timeLimit(.minutes(1)))
struct RateTests {
    @Test func `a key's burst is bounded and comes back with time, apart from other keys'`() async throws {
        let house = try Gatehouse {
            $0.requestsPerSecondMax = 10
            $0.requestsBurstMax = 3
        }
        try await house.create("me")
        try await house.create("you")
        for _ in 1...3 { #expect(await house.refusal(of: house.signed()) == nil) }
        #expect(
            await house.refusal(of: house.signed()) == .throttled(retryAfter: .milliseconds(100)))
        #expect(await house.refusal(of: house.signed("you")) == nil)
        await house.loop.advance(by: .milliseconds(100))
        #expect(await house.refusal(of: house.signed()) == nil)
        #expect(await house.refusal(of: house.signed()) != nil)
        await house.loop.advance(by: .seconds(60))
        for _ in 1...3 { #expect(await house.refusal(of: house.signed()) == nil) }
        #expect(await house.refusal(of: house.signed()) != nil)
    }

    @Test func `who lacks the secret takes nothing from a key's rate and leaves no nonce`() async throws {
        let house = try Gatehouse { $0.requestsBurstMax = 2 }
        try await house.create("me")
        let captured = house.signed(nonce: "n")
        #expect(await house.refusal(of: captured) == nil)
        for number in 1...50 {
            #expect(await house.refusal(of: captured) == .nonceUsed)
            let forged = house.signed(secret: "guess \(number)", nonce: "m")
            #expect(await house.refusal(of: forged) == .signatureMismatch(stringToSign: forged.stringToSign))
        }
        #expect(await house.desk.status["nonces"] == 1)
        #expect(await house.refusal(of: house.signed(nonce: "m")) == nil)
    }

    @Test func `a throttled request's nonce is not used up`() async throws {
        let house = try Gatehouse {
            $0.requestsPerSecondMax = 1
            $0.requestsBurstMax = 1
        }
        try await house.create("me")
        #expect(await house.refusal(of: house.signed()) == nil)
        let request = house.signed(nonce: "n")
        #expect(await house.refusal(of: request) == .throttled(retryAfter: .seconds(1)))
        await house.loop.advance(by: .seconds(1))
        #expect(await house.refusal(of: request) == nil)
    }

    @Test func `requests without a nonce are held to the rate too`() async throws {
        let house = try Gatehouse { $0.requestsBurstMax = 1 }
        try await house.create("me")
        let request = SignedRequest(
            scheme: .mns, accessKeyID: "me", time: house.loop.now, nonce: nil, stringToSign: "s",
            signature: SignedRequest.code(.mns, "s", secret: "s3cret-of-the-test"))
        #expect(await house.refusal(of: request) == nil)
        #expect(await house.refusal(of: request) == .throttled(retryAfter: .microseconds(500)))
    }

    @Test func `a clock that is set back stops nobody`() {
        var bucket = TokenBucket(burst: 1, at: Timestamp(microseconds: 10_000_000))
        #expect(bucket.take(perSecond: 1, burst: 1, at: Timestamp(microseconds: 10_000_000)) == nil)
        #expect(bucket.take(perSecond: 1, burst: 1, at: Timestamp(microseconds: 5_000_000)) == .seconds(1))
        #expect(bucket.take(perSecond: 1, burst: 1, at: Timestamp(microseconds: 6_000_000)) == nil)
    }
}
