import FlowEngineAPI
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import WebPages

/// An order as its page shows it: gathered from who holds the truth about each part.
struct OrderSight: Sendable {
    let order: OrderRecord
    /// Nil: the gateway could not be asked just now.
    let quote: QuotePayment.Result?
    /// Until when the flow waits for a payment: the engine's own deadline of that step.
    let deadline: Timestamp?

    /// The step of the flow that waits for the payment; flows that call it otherwise show the deadline that
    /// comes first.
    private static let paymentStep = "payment"

    /// - Parameter price: for orders without a total.
    static func load(
        _ number: String, price: DecimalNumber? = nil, from services: PageServices
    ) async throws(RPCFailure) -> OrderSight {
        let order = try await services.orders.call(
            DescribeOrder.self, .with { $0.orderNum = number }, as: nil)
        async let quote = quote(order, price, services)
        async let deadline = deadline(order, services)
        return OrderSight(order: order, quote: await quote, deadline: await deadline)
    }

    private static func quote(
        _ order: OrderRecord, _ price: DecimalNumber?, _ services: PageServices
    ) async -> QuotePayment.Result? {
        try? await services.payments.call(
            QuotePayment.self,
            .with {
                $0.orderNum = order.orderNum
                $0.price = order.total == nil ? price : nil
            }, as: nil)
    }

    private static func deadline(_ order: OrderRecord, _ services: PageServices) async -> Timestamp? {
        guard order.status == .awaitingPayment else { return nil }
        let open = try? await services.engine.call(
            ListOpenTasks.self,
            .with {
                $0.flowName = order.flow
                $0.executionName = order.orderNum
            }, as: nil)
        let tasks = (open?.tasks ?? []).filter { $0.deadline != nil }
        let asking = tasks.filter { $0.stepName == paymentStep }
        return (asking.isEmpty ? tasks : asking)
            .compactMap { $0.deadline.flatMap { Timestamp(rfc3339: $0) } }.min()
    }
}

extension OrderSight {
    /// Where the order stands for whoever waits for it.
    enum Stage: Sendable, Hashable {
        /// The supplier's ways to pay are being found out.
        case received
        case choosing
        /// A payment was taken and is not charged yet.
        case paying(PaymentRecord)
        /// Methods were on offer, and none can be paid by any more; what comes next closes the order.
        case unpayable
        case paid, completed, canceled, failed
    }

    var stage: Stage {
        switch order.status {
        case .submitted: return .received
        case .paid: return .paid
        case .completed: return .completed
        case .canceled: return .canceled
        case .failed: return .failed
        case .awaitingPayment: break
        }
        if let payment = quote?.payment, payment.state != .voided { return .paying(payment) }
        return quote?.payable == false ? .unpayable : .choosing
    }

    /// The flow waits, so a deadline is one; before it asks, another step's would be shown.
    var countdown: Timestamp? { quote?.request == .open ? deadline : nil }

    /// A payment that was taken and is not wanted any more.
    var voided: PaymentRecord? { quote?.payment.flatMap { $0.state == .voided ? $0 : nil } }
}
