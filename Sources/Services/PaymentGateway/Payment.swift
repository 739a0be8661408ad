import PaymentGatewayAPI
import Primitives
import RPCProtocol

/// A buyer's payment of an order, or what the flow charged where no buyer had paid.
struct Payment: Sendable, Hashable {
    enum Origin: String, Sendable {
        case buyer, flow
    }

    let id: String
    let orderNum: String
    let method: String
    /// What the buyer agreed to, before discount.
    let price: DecimalNumber
    let origin: Origin
    /// The flow that processes the order, as order-store said when the payment was taken.
    let flow: String?
    let accepted: Timestamp
    private(set) var updated: Timestamp
    private(set) var state: PaymentState
    /// After discount.
    private(set) var charged: DecimalNumber?
    private(set) var reason: String?

    init(
        id: String, orderNum: String, method: String, price: DecimalNumber, origin: Origin, flow: String?,
        accepted: Timestamp, updated: Timestamp? = nil, state: PaymentState = .accepted,
        charged: DecimalNumber? = nil, reason: String? = nil
    ) {
        self.id = id
        self.orderNum = orderNum
        self.method = method
        self.price = price
        self.origin = origin
        self.flow = flow
        self.accepted = accepted
        self.updated = updated ?? accepted
        self.state = state
        self.charged = charged
        self.reason = reason
    }

    func hasContent(method: String, price: DecimalNumber) -> Bool {
        self.method == method && self.price == price
    }

    mutating func confirm(at now: Timestamp) { become(.confirmed, from: [.accepted], at: now) }

    mutating func void(_ reason: String, at now: Timestamp) {
        become(.voided, from: [.accepted, .confirmed], at: now)
        self.reason = reason
    }

    mutating func charge(_ amount: DecimalNumber, at now: Timestamp) {
        become(.charged, from: [.accepted, .confirmed], at: now)
        charged = amount
    }

    mutating func owe(_ reason: String, at now: Timestamp) {
        become(.refundDue, from: [.charged], at: now)
        self.reason = reason
    }

    private mutating func become(_ next: PaymentState, from allowed: Set<PaymentState>, at now: Timestamp) {
        precondition(allowed.contains(state), "a payment that is \(state) can't become \(next)")
        state = next
        updated = now
    }

    var record: PaymentRecord {
        .with {
            $0.paymentId = id
            $0.orderNum = orderNum
            $0.paymentMethod = method
            $0.price = price
            $0.charged = charged
            $0.state = state
            $0.reason = reason
            $0.acceptedTime = accepted.description
            $0.updatedTime = updated.description
            $0.origin = origin.rawValue
        }
    }
}
