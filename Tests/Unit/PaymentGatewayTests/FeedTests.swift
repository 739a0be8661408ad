import FlowEngineAPI
import LoopSupport
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import ServiceLedger
import Testing

@testable import PaymentGateway

@Suite(.timeLimit(.minutes(1))) struct FeedTests {
    @Test(arguments: ["Stopped", "Failed", "TimedOut", "Succeeded"])
    func `a payment that waits for a request is voided when its execution ends`(status: String) async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        async let answer = shop.pay("o-1")
        await shop.until("o-1", .accepted)
        shop.engine.tell(3, "o-1", "Running")
        shop.engine.tell(4, "o-1", status, flow: "OtherFlow")
        shop.engine.tell(5, "o-2", status)
        shop.engine.tell(6, "o-1", status)
        let payment = try await answer
        #expect(payment.state == .voided)
        #expect(payment.reason == "execution\(status)")
    }

    @Test
    func `a payment whose flow ended without charging it is voided, also while its report is under way`()
        async throws
    {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        try await shop.request("o-1")
        shop.toEngine.way = .repliesLost
        async let answer = shop.pay("o-1")
        await shop.loop.until { shop.engine.reports.count == 1 }
        shop.engine.tell(3, "o-1", "Succeeded")
        #expect(try await answer.state == .voided)
        shop.toEngine.way = .open
        await shop.letBackoffEnd()
        shop.orderStore.add("o-2")
        try await shop.request("o-2")
        #expect(try await shop.pay("o-2").state == .confirmed)
        shop.engine.tell(4, "o-2", "Succeeded")
        await shop.until("o-2", .voided)
        await shop.until("o-1", .voided)
    }

    @Test func `requests of an ended execution are not waited for any more`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        try await shop.request("o-1")
        shop.engine.tell(7, "o-1", "TimedOut")
        await shop.loop.until { [service = shop.service] in
            (try? service.store.read { try PaymentTable(db: $0).isWaiting() }) == false
        }
        #expect(await shop.service.isIdle)
        let next = try await shop.killedAndStarted()
        await next.loop.until { !next.toEngine.params(of: WatchExecutions.name).isEmpty }
        #expect(next.toEngine.params(of: WatchExecutions.name).first?["AfterSequence"] == 7)
    }

    @Test func `a feed that breaks off is followed again`() async throws {
        let next = try await Shop(
            try TemporaryFolder(), engine: EnginePeer(), orderStore: OrderStorePeer(), engineIsDown: true)
        await next.loop.until { next.toEngine.params(of: WatchExecutions.name).count == 1 }
        next.toEngine.way = .open
        next.orderStore.add("o-1")
        async let answer = next.pay("o-1")
        await next.until("o-1", .accepted)
        await next.loop.advance(by: .seconds(1))
        next.engine.tell(1, "o-1", "Stopped")
        #expect(try await answer.state == .voided)
    }

    @Test func `a payment taken while its order was closed is found by looking again`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        async let answer = shop.pay("o-1")
        await shop.until("o-1", .accepted)
        shop.orderStore.close("o-1")
        await shop.letPatienceEnd()
        await shop.until("o-1", .voided)
        #expect(try await shop.payment("o-1")?.reason == "OrderClosed")
        _ = try await answer
    }

    @Test func `a payment that nobody asked for before a kill is looked after again`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        async let answer = shop.pay("o-1")
        await shop.until("o-1", .accepted)
        let next = try await shop.killedAndStarted()
        next.orderStore.close("o-1")
        next.toOrderStore.way = .down
        await next.loop.advance(by: .seconds(2))
        next.toOrderStore.way = .open
        await next.loop.advance(by: .seconds(4))
        await next.until("o-1", .voided)
        await shop.letPatienceEnd()
        _ = try await answer
    }

    @Test func `payments are listed newest first, page by page`() async throws {
        let shop = try await Shop()
        for number in 1...5 { try await shop.charge("o-\(number)", "weixin", "\(number)") }
        let first = try await shop.payments { $0.limit = 2 }
        #expect(first.payments.map(\.orderNum) == ["o-5", "o-4"])
        let second = try await shop.payments {
            $0.limit = 3
            $0.nextToken = first.nextToken
        }
        #expect(second.payments.map(\.orderNum) == ["o-3", "o-2", "o-1"])
        #expect(second.nextToken == nil)
        #expect(try await shop.payments { $0.state = .voided }.payments.isEmpty)
        #expect(try await shop.payments { $0.state = .charged }.payments.count == 5)
        let door = InProcessCaller(shop.service.methods, door: .client)
        let wrong: [(inout ListPayments.Params) -> Void] = [
            { $0.limit = 0 }, { $0.limit = 1001 }, { $0.nextToken = "x" },
        ]
        for edit in wrong {
            #expect(await refusal { try await door.call(ListPayments.self, .with(edit)) } == .invalidPayment)
        }
    }

    @Test func `the status tells what is still to be sent and why it waits`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        try await shop.request("o-1")
        shop.toEngine.way = .down
        async let answer = shop.pay("o-1")
        await shop.loop.until { !shop.loop.armed.isEmpty }
        await shop.letPatienceEnd()
        _ = try await answer
        let outbox = await shop.service.status["outbox" as String]
        #expect(outbox?["pending"] == 1)
        #expect(outbox?["troubles"]?["flow-engine"] == "nobody listens")
        #expect(await shop.service.isIdle == false)
    }
}
