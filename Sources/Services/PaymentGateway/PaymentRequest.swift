import Primitives

/// A flow's wish for the payment of an order: one attempt of its task, with the token to report it by.
struct PaymentRequest: Sendable, Hashable {
    enum State: String, Sendable {
        /// Waits for a payment. Can become: reported, ended.
        case open
        /// A payment is on its way to the engine. Can become: confirmed, refused.
        case reported
        /// The engine took the payment.
        case confirmed
        /// The engine wanted no payment for this attempt any more.
        case refused
        /// The execution ended before anybody paid.
        case ended
    }

    /// The attempt's idempotency key; for a call by hand made of the token.
    let key: String
    let token: String
    /// Method names, in the order of the offer.
    let offer: [String]
    let flow: String?
    let execution: String?
    let scheduledEventID: Int64?
    let created: Timestamp
    var state = State.open
    /// The payment that was reported.
    var paymentID: String?
    /// The report in the outbox; nil until it is written.
    var messageID: Int64?

    func offers(_ method: String) -> Bool { offer.contains(method) }

    /// Each payment is reported once for each attempt: the engine answers a repeat under this key with its
    /// first answer.
    func reportKey(of payment: Payment) -> String { "\(payment.id)/\(scheduledEventID ?? 0)" }

    /// The names of `zhifubao,weixin`.
    static func offer(of combination: String) -> [String] { combination.commaSeparatedNames }
}
