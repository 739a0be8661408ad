import Primitives
import RPCProtocol

/// What was charged for an order, at most one an order for ever: the row answers every repeat.
struct Charge: Sendable, Hashable {
    enum State: String, Sendable {
        /// order-store has not answered yet. Can become: recorded, refused.
        case pending
        case recorded
        /// order-store will not have it: the money is due back.
        case refused
    }

    let orderNum: String
    /// The idempotency key of the task that charged.
    let key: String
    let paymentID: String
    let method: String
    /// Before discount.
    let price: DecimalNumber
    /// After discount.
    let amount: DecimalNumber
    let created: Timestamp
    var state = State.pending
    /// Why order-store refused: the named error that the task fails with, each time it is asked.
    var refusal: RPCError?
    /// The note to order-store in the outbox; nil until it is written.
    var messageID: Int64?
}
