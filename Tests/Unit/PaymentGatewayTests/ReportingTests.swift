import FlowEngineAPI
import LoopSupport
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import Testing

@testable import PaymentGateway

@Suite(.timeLimit(.minutes(1))) struct ReportingTests {
    static let refusals: [RPCErrorName] = [
        .taskAlreadyCompleted, .executionNotExists, .flowNotExists, .invalidArgument,
    ]

    @Test(arguments: refusals)
    func `a payment that the engine refuses is voided with the reason`(name: RPCErrorName) async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        shop.engine.refuse("token-o-1-5", name)
        try await shop.request("o-1")
        let payment = try await shop.pay("o-1")
        #expect(payment.state == .voided)
        #expect(payment.reason == name.text)
        #expect(shop.metrics.value("fnf_payments_voided_total") == 1)
        #expect(try await shop.pay("o-1") == payment)
    }

    @Test func `a payment too late for one attempt goes to the newer attempt`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        try await shop.request("o-1", event: 5)
        shop.toEngine.way = .down
        async let answer = shop.pay("o-1")
        await shop.until("o-1", .accepted)
        try await shop.request("o-1", event: 8)
        shop.engine.refuse("token-o-1-5", .taskAlreadyCompleted)
        shop.toEngine.way = .open
        await shop.letBackoffEnd()
        await shop.until("o-1", .confirmed)
        #expect(shop.engine.reports.map(\.token) == ["token-o-1-8"])
        #expect([.accepted, .confirmed].contains(try await answer.state))
    }

    @Test func `a flow that asks once more is told of the one payment again`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        try await shop.request("o-1", event: 5)
        try await shop.pay("o-1")
        try await shop.request("o-1", event: 25)
        await shop.loop.until { shop.engine.reports.count == 2 }
        #expect(Set(shop.engine.reports.map(\.output)).count == 1)
        #expect(try await shop.payments().payments.map(\.state) == [.confirmed])
    }

    @Test func `a report whose answer was lost is repeated under the same key`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        try await shop.request("o-1")
        shop.toEngine.way = .repliesLost
        async let answer = shop.pay("o-1")
        await shop.loop.until { shop.engine.reports.count == 1 }
        shop.toEngine.way = .open
        await shop.letBackoffEnd()
        await shop.until("o-1", .confirmed)
        #expect(shop.toEngine.params(of: ReportTaskSucceeded.name).count == 2)
        #expect(shop.engine.reports.count == 1)
        _ = try await answer
    }

    @Test func `a payment accepted and not reported survives a kill and is reported then`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        try await shop.request("o-1")
        shop.toEngine.way = .down
        async let answer = shop.pay("o-1")
        await shop.until("o-1", .accepted)
        let next = try await shop.killedAndStarted()
        await next.until("o-1", .confirmed)
        #expect(next.engine.reports.count == 1)
        #expect(try await next.pay("o-1").state == .confirmed)
        await shop.letPatienceEnd()
        _ = try await answer
    }

    @Test func `a kill between the report and the note of its answer changes nothing`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        try await shop.request("o-1")
        shop.toEngine.way = .repliesLost
        async let answer = shop.pay("o-1")
        await shop.loop.until { shop.engine.reports.count == 1 }
        let next = try await shop.killedAndStarted()
        await next.until("o-1", .confirmed)
        #expect(next.engine.reports.count == 1)
        await shop.letPatienceEnd()
        _ = try await answer
    }

    @Test func `a request that waits for its buyer survives a kill`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        try await shop.request("o-1")
        #expect(await shop.service.isIdle == false)
        let next = try await shop.killedAndStarted()
        #expect(try await next.pay("o-1").state == .confirmed)
        #expect(await next.service.isIdle)
    }
}
