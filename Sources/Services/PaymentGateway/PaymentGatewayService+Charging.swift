import PaymentGatewayAPI
import Primitives
import RPCProtocol
import ServiceLedger

extension PaymentGatewayService {
    /// Charges once, and answers when order-store has taken the note; each repeat waits for the same note.
    ///
    /// Throws: what order-store refused the note with, and then the money is due back.
    func charge(_ params: ChargeOrder.Params, _ context: RPCContext) async throws(RPCError)
        -> ChargeOrder.Result
    {
        let (orderNum, method) = (params.orderNum, params.paymentMethod)
        guard !orderNum.isEmpty else { throw .emptyParameter("orderNum") }
        guard !method.isEmpty else { throw .emptyParameter("paymentMethod") }
        guard let price = DecimalNumber(params.price) else {
            throw RPCError(.invalidPayment, "the price \"\(params.price)\" is no decimal such as \"79.90\"")
        }
        try discounts.check(price)
        let task = context.meta.task
        let id = makeUUID(from: world)
        try await change(orderNum) { [discounts] account, now in
            let fresh = Payment(
                id: id, orderNum: orderNum, method: method, price: price, origin: .flow, flow: task?.flow,
                accepted: now)
            try account.charge(
                key: task?.key ?? "order:\(orderNum)", method: method, price: price, discounts: discounts,
                fresh: fresh, at: now)
        }
        await waiters.wait(orderNum, atMost: nil) { [weak self] in
            guard let self else { return true }
            let account = try? self.assumeIsolated { try $0.account(orderNum) }
            return account?.charge?.state != .pending
        }
        let charge = try account(orderNum).charge
        if let refusal = charge?.refusal { throw refusal }
        guard let charge, charge.state == .recorded else {
            throw Task.isCancelled
                ? RPCError(.canceled, "the call was canceled; the charge stays")
                : .unavailable("the charge is made and order-store has not noted it yet; ask again")
        }
        return .with { $0.charged = charge.amount }
    }
}
