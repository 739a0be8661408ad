@testable import OrderStore
import OrderStoreAPI
import Primitives
import RPCProtocol
import Testing

@Suite struct OrderTests {
    let now = Timestamp(microseconds: 1_000_000)
    let zhifubao = Order.Payment(method: "zhifubao", price: DecimalNumber(80), paid: DecimalNumber(100))

    func order(_ edit: (inout SubmitOrder.Params) -> Void = { _ in }) throws -> Order {
        var params = SubmitOrder.exampleParams
        edit(&params)
        return try Order(params, defaultFlow: "OrderDemo-Jiyuan", at: now)
    }

    func reason(_ edit: (inout SubmitOrder.Params) -> Void) -> String? {
        do { _ = try order(edit) } catch {
            return "\((error as? OrderStoreError)?.rpcError.description ?? "?")"
        }
        return nil
    }

    @Test func `a number is made of letters, digits, underscores and hyphens`() {
        #expect(reason { $0.orderNum = "Az09_-" } == nil)
        #expect(reason { $0.orderNum = String(repeating: "9", count: 128) } == nil)
        for wrong in ["", "a b", "ä", "a/b", String(repeating: "9", count: 129)] {
            #expect(
                reason { $0.orderNum = wrong }?.hasPrefix("InvalidOrder: orderNum must be 1 to 128") == true)
        }
    }

    @Test func `texts are neither empty nor endless, a total is positive, a flow has a name`() {
        #expect(reason { $0.address = " \n" } == "InvalidOrder: address must not be empty")
        #expect(
            reason { $0.products = String(repeating: "x", count: 8193) }
                == "InvalidOrder: products has 8193 bytes, at most 8192 are allowed")
        #expect(reason { $0.total = .zero } == "InvalidOrder: total must be greater than 0, found 0")
        #expect(
            reason { $0.total = DecimalNumber("-1.50") }
                == "InvalidOrder: total must be greater than 0, found -1.5")
        #expect(reason { $0.flow = "no such" }?.contains("can not be the name of a flow") == true)
    }

    @Test func `an order goes from offer to payment to completion`() throws {
        var order = try order()
        #expect(try order.offer(["zhifubao", "weixin"]) == "payment by zhifubao, weixin is on offer")
        #expect(order.status == .awaitingPayment)
        #expect(try order.pay(zhifubao) == "80 charged by zhifubao for 100")
        #expect(order.status == .paid)
        #expect(try order.complete(at: now) == "completed by the flow")
        #expect(order.status == .completed)
        #expect(order.closed == now)
        #expect(order.reason == nil)
    }

    @Test func `what is said again changes nothing, in each state`() throws {
        var order = try order()
        _ = try order.offer(["zhifubao"])
        #expect(try order.offer(["zhifubao"]) == nil)
        _ = try order.pay(zhifubao)
        #expect(try order.pay(zhifubao) == nil)
        _ = try order.complete(at: now)
        #expect(try order.complete(at: now) == nil)
        #expect(try order.pay(zhifubao) == nil)
        #expect(try order.offer(["zhifubao"]) == nil)
        #expect(order.start() != nil)
        #expect(order.start() == nil)
    }

    @Test func `a later offer counts until the order is paid`() throws {
        var order = try order()
        _ = try order.offer(["zhifubao"])
        #expect(try order.offer(["weixin"]) == "payment by weixin is on offer")
        #expect(order.methods == ["weixin"])
        _ = try order.pay(zhifubao)
        #expect(try order.offer(["unionpay"]) == nil)
        #expect(order.methods == ["weixin"])
    }

    @Test func `another payment is a conflict, a payment without an offer too`() throws {
        var order = try order()
        #expect(throws: OrderStoreError.conflict("o-1", "it is submitted and can not become paid")) {
            try order.pay(zhifubao)
        }
        _ = try order.offer(["zhifubao", "weixin"])
        _ = try order.pay(zhifubao)
        #expect(throws: OrderStoreError.conflict("o-1", "it was charged 80 by zhifubao for 100 already")) {
            try order.pay(Order.Payment(method: "weixin", price: DecimalNumber(80), paid: DecimalNumber(100)))
        }
    }

    @Test func `an order with a total takes no other price`() throws {
        var order = try order { $0.total = DecimalNumber("99.90") }
        _ = try order.offer(["zhifubao"])
        let total = try #require(DecimalNumber("99.9"))
        #expect(throws: OrderStoreError.priceMismatch("o-1", total: total, paid: DecimalNumber(100))) {
            try order.pay(zhifubao)
        }
        let right = Order.Payment(method: "zhifubao", price: DecimalNumber(80), paid: total)
        #expect(try order.pay(right) != nil)
    }

    @Test func `a closed order takes neither offers nor payments, and is not closed in another way`() throws {
        var order = try order()
        _ = try order.cancel(by: "orderCanceled", at: now)
        let why = "canceled by the flow before payment methods were on offer"
        #expect(throws: OrderStoreError.closed("o-1", .canceled, why)) { try order.offer(["zhifubao"]) }
        #expect(throws: OrderStoreError.closed("o-1", .canceled, why)) { try order.pay(zhifubao) }
        #expect(throws: OrderStoreError.conflict("o-1", "it is canceled and can not become completed")) {
            try order.complete(at: now)
        }
    }

    @Test func `a canceled order says what had happened until then`() throws {
        var order = try order()
        _ = try order.offer(["zhifubao", "weixin"])
        var unpaid = order
        #expect(try unpaid.cancel(by: "orderCanceled", at: now) == "canceled by step orderCanceled")
        #expect(
            unpaid.reason
                == "canceled by the flow: payment by zhifubao, weixin had been on offer, nothing was charged")
        _ = try order.pay(zhifubao)
        _ = try order.cancel(by: nil, at: now)
        #expect(order.reason == "canceled by the flow; 80 charged by zhifubao are due back")
    }

    @Test(arguments: [
        ("Succeeded", OrderStatus.completed, nil as String?), ("Failed", .failed, "E: why"),
        ("Stopped", .canceled, "stopped: E: why"), ("TimedOut", .canceled, "the flow timed out: E: why"),
    ])
    func `an open order follows the end of its execution`(
        _ status: String, _ expected: OrderStatus, _ reason: String?
    ) throws {
        var order = try order()
        let end = try #require(ExecutionEnd(status: status, error: "E", cause: "why"))
        #expect(try order.follow(end, at: now) == "execution o-1 of flow OrderDemo-Jiyuan ended \(status)")
        #expect(order.status == expected)
        #expect(order.reason == reason)
        #expect(try order.follow(end, at: now) == nil)
    }

    @Test func `a running execution has no end, a stop without a reason is just that`() throws {
        #expect(ExecutionEnd(status: "Running", error: nil, cause: nil) == nil)
        #expect(ExecutionEnd(status: "Stopped", error: nil, cause: nil)?.outcome.reason == "stopped")
    }

    @Test func `a combination is names between commas, each once`() throws {
        #expect(try Order.methods(in: " zhifubao,weixin ,,zhifubao") == ["zhifubao", "weixin"])
        #expect(throws: OrderStoreError.self) { try Order.methods(in: " , ") }
        let many = (1...33).map { "m\($0)" }.joined(separator: ",")
        #expect(throws: OrderStoreError.self) { try Order.methods(in: many) }
    }
}
