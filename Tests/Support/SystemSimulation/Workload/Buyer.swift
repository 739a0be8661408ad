import FlowEngineAPI
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol

/// Somebody who orders, and pays or does not.
struct Buyer {
    enum Habit: String, CaseIterable {
        /// Looks what is on offer and pays by it.
        case pays
        /// Pays as soon as the order is taken, by a method that may not be on offer.
        case paysAtOnce
        /// Comes when the time is over, or nearly.
        case paysLate
        case neverPays
        /// First by a method that nobody offers.
        case paysWrongly
        /// By two methods at the same time.
        case paysTwice
        /// Somebody stops the execution meanwhile.
        case isStopped
        /// Orders again under the same number, the same and something else.
        case ordersAgain
    }

    let number: String
    let supplier: String
    let habit: Habit
    let client: PatientClient
    let system: SimulatedSystem
    /// Its own, so that its choices do not depend on other buyers.
    let chance: ChanceBox

    private var price: DecimalNumber { DecimalNumber(number.utf8.reduce(7) { $0 &+ Int64($1) } % 90 + 10) }

    private var order: SubmitOrder.Params {
        .with {
            $0.orderNum = number
            $0.supplier = supplier
            $0.products = "beef,lotus root"
            // No rule is for the desert.
            $0.address = supplier == "nobody" ? "Desert 1" : "West Lake 1"
        }
    }

    func live() async {
        await client.pause(chance.number(0...system.plan.activeFor / 2))
        await submit(order)
        switch habit {
        case .pays: await payWhatIsOffered(after: chance.number(1_000_000...30_000_000))
        case .paysAtOnce:
            _ = await pay(chance.pick(["zhifubao", "weixin", "unionpay"]))
            await payWhatIsOffered(after: 0)
        case .paysLate: await payWhatIsOffered(after: chance.number(280_000_000...320_000_000))
        case .neverPays: break
        case .paysWrongly:
            _ = await pay("cheque")
            await payWhatIsOffered(after: 1_000_000)
        case .paysTwice:
            client.loop.spawn { _ = await self.pay("weixin") }
            await payWhatIsOffered(after: chance.number(0...2_000_000))
        case .isStopped:
            let delay = chance.number(0...60_000_000)
            client.loop.spawn { await self.stop(after: delay) }
            await payWhatIsOffered(after: chance.number(0...60_000_000))
        case .ordersAgain:
            await submit(order)
            await submitOther()
            await payWhatIsOffered(after: chance.number(0...5_000_000))
        }
        await followToTheEnd()
        system.workload.done(number)
    }

    private func submit(_ params: SubmitOrder.Params) async {
        let result = await client.insist(SubmitOrder.self, params, at: ServiceName.orders, through: .client)
        switch result {
        case .success(let order): system.promises.told(order)
        case .failure(let error): system.fail("the order \(number) was refused: \(error)")
        }
    }

    private func submitOther() async {
        var other = order
        other.products = "something else"
        let result = await client.insist(SubmitOrder.self, other, at: ServiceName.orders, through: .client)
        if case .success = result { system.fail("the order \(number) was taken twice, with other content") }
    }

    private func described() async -> OrderRecord? {
        let result = await client.insist(
            DescribeOrder.self, .with { $0.orderNum = number }, at: ServiceName.orders, through: .client)
        switch result {
        case .success(let order):
            system.promises.told(order)
            return order
        case .failure(let error):
            system.fail("the order \(number) can't be described: \(error)")
            return nil
        }
    }

    private func payWhatIsOffered(after delay: Int64) async {
        await client.pause(delay)
        while let order = await described(), !order.status.isClosed {
            if let method = order.paymentMethods.first {
                let payment = await pay(
                    order.paymentMethods.count > 1 ? chance.pick(order.paymentMethods) : method)
                guard let payment, payment.state == .voided else { return }
            }
            await client.pause(chance.number(2_000_000...20_000_000))
        }
    }

    /// nil: it was refused.
    private func pay(_ method: String) async -> PaymentRecord? {
        system.promises.offers(number, method, price)
        let params = PayOrder.Params.with {
            $0.orderNum = number
            $0.paymentMethod = method
            $0.price = price
        }
        let result = await client.insist(PayOrder.self, params, at: ServiceName.payments, through: .client)
        guard case .success(let payment) = result else { return nil }
        system.promises.told(payment)
        guard chance.holds(perMille: 250) else { return payment }
        let again = await client.insist(PayOrder.self, params, at: ServiceName.payments, through: .client)
        if case .success(let repeated) = again {
            system.promises.told(repeated)
            if repeated.paymentId != payment.paymentId, payment.state != .voided {
                let known = system.payments.payments[payment.paymentId]
                if known?.state != .voided { system.fail("\(number) was paid twice by one buyer") }
            }
        }
        return payment
    }

    private func stop(after delay: Int64) async {
        await client.pause(delay)
        let params = StopExecution.Params.with {
            $0.flowName = OrderServiceBuilds.flow
            $0.executionName = number
            $0.error = "OutOfStock"
        }
        let result = await client.insist(StopExecution.self, params, at: ServiceName.engine, through: .client)
        if case .success = result { system.promises.toldOfExecution(OrderServiceBuilds.flow, number) }
    }

    private func followToTheEnd() async {
        while let order = await described(), !order.status.isClosed {
            await client.pause(chance.number(2_000_000...60_000_000))
        }
    }
}

/// Choices that several pieces of a client's work share.
final class ChanceBox: @unchecked Sendable { // touched by the one thread of the simulation only
    private var chance: Chance

    init(_ chance: Chance) { self.chance = chance }

    func number(_ range: ClosedRange<Int64>) -> Int64 { chance.number(range) }
    func holds(perMille rate: Int) -> Bool { chance.holds(perMille: rate) }
    func pick<Element>(_ elements: [Element]) -> Element { chance.pick(elements) }
    func bits() -> UInt64 { chance.bits() }
}
