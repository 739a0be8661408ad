import Logging
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import ServiceLedger

/// What buyers and the flow's payment step ask for.
extension PaymentGatewayService {
    /// Bytes; names of methods are words such as `zhifubao`.
    static let methodBytesMax = 64

    func pay(_ params: PayOrder.Params) async throws(RPCError) -> PaymentRecord {
        let (orderNum, method, price) = (params.orderNum, params.paymentMethod, params.price)
        guard !orderNum.isEmpty else { throw .emptyParameter("orderNum") }
        guard !method.isEmpty else { throw .emptyParameter("paymentMethod") }
        guard method.utf8.count <= Self.methodBytesMax, !method.contains(",") else {
            throw RPCError(
                .invalidPayment, "the payment method is no name of at most \(Self.methodBytesMax) bytes")
        }
        try discounts.check(price)
        let known = try account(orderNum).repeated(method: method, price: price)
        if let known { return try await settled(known) }
        let order = try await openOrder(orderNum)
        if let total = order.total, total != price { throw .priceMismatch(price, total: total) }
        let id = makeUUID(from: world)
        let (payment, isUnpaired) = try await change(orderNum) { account, now in
            let candidate = Payment(
                id: id, orderNum: orderNum, method: method, price: price, origin: .buyer, flow: order.flow,
                accepted: now)
            return (try account.pay(candidate, at: now), account.isUnpaired)
        }
        if isUnpaired { recheck(orderNum, in: Self.answerPatience) }
        return try await settled(payment)
    }

    func request(_ params: RequestPayment.Params, _ context: RPCContext) async throws(RPCError) -> NoFields {
        guard !params.orderNum.isEmpty else { throw .emptyParameter("orderNum") }
        guard !params.taskToken.isEmpty else { throw .emptyParameter("taskToken") }
        let offer = PaymentRequest.offer(of: params.paymentcombination)
        guard !offer.isEmpty else { throw .emptyParameter("paymentcombination") }
        let task = context.meta.task
        try await change(params.orderNum) { account, now in
            account.ask(
                PaymentRequest(
                    key: task?.key ?? "token:\(params.taskToken)", token: params.taskToken, offer: offer,
                    flow: task?.flow, execution: task?.execution, scheduledEventID: task?.scheduledEventID,
                    created: now),
                at: now)
        }
        return NoFields()
    }

    /// The order as order-store has it. Throws `OrderNotExists`, `OrderClosed`, `ServiceUnavailable`.
    func openOrder(_ orderNum: String) async throws(RPCError) -> OrderRecord {
        let order = try await order(orderNum)
        if order.status.isClosed { throw .orderClosed(order) }
        return order
    }

    /// The same, whether it is open or not.
    func order(_ orderNum: String) async throws(RPCError) -> OrderRecord {
        do throws(RPCFailure) {
            return try await orderStore.call(
                DescribeOrder.self,
                .with {
                    $0.orderNum = orderNum
                    $0.withoutChanges = true
                },
                meta: RPCMeta(deadlineMs: Self.peerPatienceMs, labels: ["order": .string(orderNum)]))
        } catch {
            if let answer = error.answer, answer.name == .orderNotExists { throw answer }
            if error == .canceled { throw error.rpcError }
            throw .unavailable(
                "order-store can't be asked for the order (\(error)); nothing was accepted, try again")
        }
    }

    /// The payment once it is more than accepted, or when the patience is over.
    private func settled(_ payment: Payment) async throws(RPCError) -> PaymentRecord {
        guard payment.state == .accepted else { return payment.record }
        let (id, orderNum) = (payment.id, payment.orderNum)
        await waiters.wait(orderNum, atMost: Self.answerPatience) { [weak self] in
            guard let self else { return true }
            let known = try? self.assumeIsolated { try $0.payment(id, of: orderNum) }
            return known?.state != .accepted
        }
        return try self.payment(id, of: orderNum)?.record ?? payment.record
    }

    /// A payment of the order, which may have another one by now.
    private func payment(_ id: String, of orderNum: String) throws(RPCError) -> Payment? {
        if let newest = try account(orderNum).payment, newest.id == id { return newest }
        return try store.read { try PaymentTable(db: $0).payment(id: id) }
    }
}

/// Payments that the flow never asks for.
extension PaymentGatewayService {
    private static let recheckMax = Duration.seconds(300)

    /// Looks after an accepted payment that nobody asks for: the order may have been closed while it was
    /// taken, and the feed's item of that end handled before.
    func recheck(_ orderNum: String, in delay: Duration) {
        guard !isStopped else { return }
        rechecks[orderNum]?.cancel()
        rechecks[orderNum] = loop.after(delay) { [weak self, loop] in
            loop.spawn { [weak self] in
                await self?.look(after: orderNum, next: min(delay * 2, Self.recheckMax))
            }
        }
    }

    private func look(after orderNum: String, next: Duration) async {
        rechecks[orderNum] = nil
        guard let account = try? account(orderNum), account.isUnpaired else { return }
        do throws(RPCError) {
            _ = try await openOrder(orderNum)
        } catch  where error.name == .orderClosed || error.name == .orderNotExists {
            let reason = error.name.text
            let isDone: Void? = try? await change(orderNum) { $0.voidUnpaired(reason, at: $1) }
            if isDone != nil { return }
        } catch {
            logger.debug("order \(orderNum) is looked at again later: \(error)")
        }
        recheck(orderNum, in: next)
    }
}
