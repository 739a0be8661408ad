import GRDB
import LoopSupport
import Primitives
import RPCProtocol
import ServiceLedger
import Testing

@Suite(.timeLimit(.minutes(1)))
struct OutboxTests {
    @Test func `a message goes out after its commit and is gone once its answer was handled`() async throws {
        let sending = Sending(try Ledger())
        let ids = try await sending.promise(["a1"])
        await sending.outbox.wake()
        try await sending.outbox.confirmed(try #require(ids.first))
        #expect(sending.told.answers == ["a1: result"])
        #expect(try await sending.outbox.count == 0)
        #expect(try await sending.ledger.notes() == ["a1"])
    }

    @Test func `messages of one subject go one after the other, other subjects meanwhile`() async throws {
        let sending = Sending(try Ledger())
        await sending.peer.hold("a1")
        try await sending.promise(["a1", "a2", "b1"])
        await sending.outbox.wake()
        await sending.untilAnswered(1)
        #expect(sending.told.answers == ["b1: result"])
        #expect(await sending.peer.come == ["a1", "b1"])
        await sending.peer.release("a1")
        await sending.untilAnswered(3)
        #expect(await sending.peer.come == ["a1", "b1", "a2"])
    }

    @Test func `a subject keeps its order over a refusal that passes`() async throws {
        let sending = Sending(try Ledger())
        await sending.peer.refuse("a1", .unavailable("busy"))
        try await sending.promise(["a1", "a2"])
        await sending.outbox.wake()
        let loop = sending.ledger.loop
        await loop.until { !loop.armed.isEmpty }
        #expect(await sending.peer.come == ["a1"])
        await loop.advance(by: .milliseconds(50))
        await sending.untilAnswered(2)
        #expect(await sending.peer.come == ["a1", "a1", "a2"])
    }

    @Test func `a peer that is down is probed at growing distances, by one message`() async throws {
        let sending = Sending(try Ledger())
        let loop = sending.ledger.loop
        sending.way.way = .down
        try await sending.promise(["a1"])
        await sending.outbox.wake()
        var distances: [Duration] = []
        for probe in 1...9 {
            await loop.until { sending.way.params(of: "Put").count == probe && loop.armed.count == 1 }
            let distance = try #require(loop.armed.first)
            distances.append(distance)
            let full = min(Duration.milliseconds(50) * (1 << (probe - 1)), .seconds(5))
            #expect(distance <= full && distance >= full * 0.69, "probe \(probe)")
            if probe == 2 {
                try await sending.promise(["b1", "c1"])
                await sending.outbox.wake()
            }
            await loop.advance(by: distance)
        }
        sending.way.way = .open
        await loop.until { loop.armed.count == 1 }
        await loop.advance(by: .seconds(5))
        await sending.untilAnswered(3)
        #expect(sending.told.answers.sorted() == ["a1: result", "b1: result", "c1: result"])
        #expect(await sending.outbox.troubles.isEmpty)
    }

    @Test func `a lost reply sends the message again under the same key`() async throws {
        let sending = Sending(try Ledger())
        let loop = sending.ledger.loop
        sending.way.way = .repliesLost
        try await sending.promise(["a1"])
        await sending.outbox.wake()
        await loop.until { !loop.armed.isEmpty }
        #expect(await sending.peer.taken == ["a1"])
        #expect(await sending.outbox.unreachable["peer"] == "the connection ended before the reply")
        sending.way.way = .open
        await loop.advance(by: .milliseconds(50))
        await sending.untilAnswered(1)
        #expect(await sending.peer.taken == ["a1", "a1"])
    }

    @Test func `what was promised before a crash is sent after it`() async throws {
        let sending = Sending(try Ledger())
        try await sending.promise(["a1", "b1"])
        let restarted = Sending(try await sending.ledger.afterCrash())
        await restarted.outbox.wake()
        await restarted.untilAnswered(2)
        #expect(try await restarted.outbox.count == 0)
    }

    @Test func `a final refusal is handed to the owner, one that may pass is not`() async throws {
        let sending = Sending(try Ledger())
        let loop = sending.ledger.loop
        await sending.peer.refuse("a1", .throttled("too many", retryAfter: .seconds(1)))
        await sending.peer.refuse("a1", RPCError("NoSuchThing", "never"))
        try await sending.promise(["a1"])
        await sending.outbox.wake()
        await loop.until { loop.armed.count == 1 }
        #expect(sending.told.answers.isEmpty)
        #expect(sending.told.troubles == ["a1: ResourceThrottled: too many"])
        await loop.advance(by: .milliseconds(50))
        await sending.untilAnswered(1)
        #expect(sending.told.answers == ["a1: NoSuchThing"])
    }

    @Test func `an answer that can't be handled keeps the message, and it is sent again`() async throws {
        let sending = Sending(try Ledger())
        let loop = sending.ledger.loop
        sending.told.refuseAnswers(1)
        try await sending.promise(["a1"])
        await sending.outbox.wake()
        await loop.until { loop.armed.count == 1 }
        #expect(try await sending.outbox.count == 1)
        await loop.advance(by: .milliseconds(50))
        await sending.untilAnswered(1)
        #expect(await sending.peer.taken == ["a1", "a1"])
    }

    @Test func `the owner is told of a trouble once, and again when the reason changes`() async throws {
        let sending = Sending(try Ledger())
        let loop = sending.ledger.loop
        sending.way.way = .down
        try await sending.promise(["a1"])
        await sending.outbox.wake()
        for _ in 1...3 {
            await loop.until { loop.armed.count == 1 }
            await loop.advance(by: .seconds(5))
        }
        await loop.until { loop.armed.count == 1 }
        await sending.peer.refuse("a1", .unavailable("busy"))
        sending.way.way = .open
        await loop.advance(by: .seconds(5))
        await loop.until { sending.told.troubles.count == 2 }
        #expect(sending.told.troubles == ["a1: nobody listens", "a1: ServiceUnavailable: busy"])
        #expect(await sending.outbox.unreachable.isEmpty)
        #expect(await sending.outbox.troubles["peer"] == "ServiceUnavailable: busy")
    }

    @Test func `more messages than are held in memory all go out`() async throws {
        let sending = Sending(try Ledger())
        let texts = (0..<4300).map { "\(Character(Unicode.Scalar(UInt8(97 + $0 % 26)))) \($0)" }
        try await sending.promise(texts)
        await sending.outbox.wake()
        await sending.untilAnswered(texts.count)
        #expect(try await sending.outbox.count == 0)
        #expect(Set(await sending.peer.taken) == Set(texts))
    }

    @Test func `who waits for a message that was confirmed long ago waits not at all`() async throws {
        let sending = Sending(try Ledger())
        try await sending.outbox.confirmed(4711)
    }
}
