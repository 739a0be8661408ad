import Logging
import PaymentGatewayAPI
import Primitives
import RPCProtocol

/// Tells the journal and the counters what a commit did to a payment.
struct PaymentAnnouncer: Sendable {
    private static let accepted = "fnf_payments_accepted_total"
    private static let charged = "fnf_payments_charged_total"
    private static let voided = "fnf_payments_voided_total"
    private static let refundsDue = "fnf_refunds_due_total"

    private let logger: Logger
    private let metrics: MetricSet

    init(logger: Logger, metrics: MetricSet) {
        self.logger = logger
        self.metrics = metrics
        metrics.declare(Self.accepted, "Payments that buyers made and the gateway took")
        metrics.declare(Self.charged, "Orders that were charged")
        metrics.declare(Self.voided, "Payments that were taken and not wanted in the end")
        metrics.declare(Self.refundsDue, "Charges of closed orders, to be paid back by a person")
    }

    /// Called after the commit of `change`.
    func tell(_ change: AccountChange) {
        guard let payment = change.after.payment else { return }
        let before = change.before.payment
        if payment.id != before?.id, payment.origin == .buyer {
            metrics.add(Self.accepted)
            logger.info("payment accepted", metadata: metadata(payment, change.after, "paymentAccepted"))
        }
        guard payment.state != before?.state || payment.id != before?.id else { return }
        switch payment.state {
        case .accepted, .confirmed: return
        case .voided:
            metrics.add(Self.voided)
            logger.notice("payment voided", metadata: metadata(payment, change.after, "paymentVoided"))
        case .charged:
            metrics.add(Self.charged)
            logger.info("order charged", metadata: metadata(payment, change.after, "paymentCharged"))
        case .refundDue:
            metrics.add(Self.refundsDue)
            logger.warning(
                "refund due: the order was charged and is closed",
                metadata: metadata(payment, change.after, "refundDue"))
        }
    }

    /// The execution is named by the order number, unless a request says otherwise.
    private func metadata(_ payment: Payment, _ account: OrderAccount, _ messageID: String) -> Logger.Metadata
    {
        let request = account.requests.last
        var metadata: Logger.Metadata = [
            "messageID": "\(messageID)", "order": "\(payment.orderNum)", "method": "\(payment.method)",
            "price": "\(payment.price)", "execution": "\(request?.execution ?? payment.orderNum)",
        ]
        if let flow = request?.flow ?? payment.flow { metadata["flow"] = "\(flow)" }
        if let charged = payment.charged { metadata["charged"] = "\(charged)" }
        if let reason = payment.reason { metadata["error"] = "\(reason)" }
        return metadata
    }
}
