import OrderStoreAPI
import Primitives

/// An order and what became of it.
struct Order: Sendable, Hashable {
    /// Grows with each submission: newest first is by falling id.
    var id: Int64 = 0
    let number: String
    let supplier: String
    /// Names separated by commas; made of the items where there are any.
    var products: String
    let address: String
    /// When given, no other price is taken; the sum of the items where there are any.
    var total: DecimalNumber?
    /// The flow that processes the order; its execution bears the order's number.
    let flow: String
    /// The flow that the client asked for, nil when it left the choice to the configuration.
    let flowAsked: String?
    let submitted: Timestamp
    /// What was asked for of the catalogue; none for an order by text.
    var wanted: [OrderItem] = []
    /// The same with names and prices as they were then.
    var lines: [OrderLine] = []

    private(set) var status = OrderStatus.submitted
    private(set) var methods: [String] = []
    private(set) var payment: Payment?
    /// Why it was canceled or failed.
    private(set) var reason: String?
    private(set) var closed: Timestamp?
    /// Whether the engine has acknowledged the start.
    private(set) var isStarted = false

    struct Payment: Sendable, Hashable {
        let method: String
        /// Charged, after discount.
        let price: DecimalNumber
        /// Before discount.
        let paid: DecimalNumber
    }

    /// What one change did, for the change log; nil where nothing had to be changed.
    typealias Note = String

    /// Whether a repeated submission asks for the same order.
    func hasContent(of other: Order) -> Bool {
        supplier.utf8Equals(other.supplier) && wanted == other.wanted && hasGoods(of: other)
            && address.utf8Equals(other.address)
            && (flowAsked == other.flowAsked || other.flowAsked == flow)
    }

    /// Whether products and total are what the other says of them. Of items it need say neither, and what
    /// they cost by now is of no concern.
    private func hasGoods(of other: Order) -> Bool {
        guard !wanted.isEmpty else { return products.utf8Equals(other.products) && total == other.total }
        return (other.products.isEmpty || products.utf8Equals(other.products))
            && (other.total == nil || total == other.total)
    }

    /// The engine runs the order's execution.
    mutating func start() -> Note? {
        guard !isStarted else { return nil }
        isStarted = true
        return "execution \(number) of flow \(flow) started"
    }

    /// Notes the methods that the supplier offers; a later offer replaces an earlier one until the order is
    /// paid, because the flow goes on with the later one too.
    mutating func offer(_ offered: [String]) throws(OrderStoreError) -> Note? {
        guard offered != methods else { return nil }
        guard !status.isClosed else { throw .closed(number, status, reason) }
        guard status != .paid else { return nil }
        if status == .submitted { try become(.awaitingPayment) }
        methods = offered
        return "payment by \(offered.joined(separator: ", ")) is on offer"
    }

    /// Notes what was charged. The same payment again is no change, also when the order has been closed
    /// meanwhile.
    mutating func pay(_ payment: Payment) throws(OrderStoreError) -> Note? {
        if let known = self.payment {
            guard known != payment else { return nil }
            throw .conflict(
                number, "it was charged \(known.price) by \(known.method) for \(known.paid) already")
        }
        guard !status.isClosed else { throw .closed(number, status, reason) }
        if let total, total != payment.paid {
            throw .priceMismatch(number, total: total, paid: payment.paid)
        }
        try become(.paid)
        self.payment = payment
        return "\(payment.price) charged by \(payment.method) for \(payment.paid)"
    }

    /// Ends the order. To be closed in the same way again is no change.
    mutating func close(
        as end: OrderStatus, because why: String?, note: Note, at now: Timestamp
    ) throws(OrderStoreError) -> Note? {
        guard status != end else { return nil }
        try become(end)
        reason = why
        closed = now
        return note
    }

    private mutating func become(_ next: OrderStatus) throws(OrderStoreError) {
        guard status.canBecome(next) else {
            throw .conflict(number, "it is \(status.rawValue) and can not become \(next.rawValue)")
        }
        status = next
    }
}

extension Order {
    /// The order as its row tells it.
    init(
        restoring order: Order, id: Int64, status: OrderStatus, methods: [String], payment: Payment?,
        reason: String?, closed: Timestamp?, isStarted: Bool
    ) {
        self = order
        self.id = id
        self.status = status
        self.methods = methods
        self.payment = payment
        self.reason = reason
        self.closed = closed
        self.isStarted = isStarted
    }
}
