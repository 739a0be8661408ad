import FlowModel
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol

/// What clients were told: it was committed when they were told, and what is committed stays (the watches see to
/// that), so each promise is looked at once, when it is made, and again at the end of the run.
final class Promises: @unchecked Sendable { // touched by the one thread of the simulation only
    private let system: SimulatedSystem
    private var offers: [String: Set<String>] = [:]
    private(set) var orders: [String: OrderStatus] = [:]
    private var payments: [String: String] = [:]
    private var reports: [String: Int64] = [:]
    /// The key under which the token of an attempt was accepted.
    private var accepted: [String: String] = [:]
    private(set) var executions: Set<String> = []
    private(set) var made = 0
    /// Looked at when the service that made them is there again.
    private var open: [(service: String, check: () -> Void)] = []

    init(_ system: SimulatedSystem) { self.system = system }

    /// What a service promised in the turn in which it died is seen when its successor has read its disk.
    private func check(at service: String, _ body: @escaping () -> Void) {
        made += 1
        if system.process(service).isServing { body() } else { open.append((service, body)) }
    }

    /// A successor serves, and all that its predecessors committed has been seen.
    func servedAgain(_ service: String) {
        let due = open.filter { $0.service == service }
        open.removeAll { $0.service == service }
        for promise in due { promise.check() }
    }

    // MARK: What clients do

    /// A buyer is about to offer money.
    func offers(_ order: String, _ method: String, _ price: DecimalNumber) {
        offers[order, default: []].insert("\(method) \(price)")
    }

    func hasOffered(_ payment: PaymentModel) -> Bool {
        offers[payment.order]?.contains("\(payment.method) \(payment.price)") ?? false
    }

    // MARK: What clients are told

    func told(_ order: OrderRecord) { check(at: ServiceName.orders) { self.look(at: order) } }

    private func look(at order: OrderRecord) {
        guard let known = system.orders.orders[order.orderNum] else {
            return system.fail("a buyer was told of order \(order.orderNum), which is not on disk")
        }
        if let before = orders[order.orderNum], before.isClosed, order.status != before {
            return system.fail(
                "order \(order.orderNum) was told to be \(before.rawValue), then \(order.status.rawValue)")
        }
        if order.status.isClosed, known.status != order.status {
            return system.fail(
                "order \(order.orderNum) was told to be \(order.status.rawValue) and is \(known.status.rawValue)"
            )
        }
        // Answers may overtake each other; what is closed stays so.
        if orders[order.orderNum]?.isClosed != true { orders[order.orderNum] = order.status }
    }

    func told(_ payment: PaymentRecord) { check(at: ServiceName.payments) { self.look(at: payment) } }

    private func look(at payment: PaymentRecord) {
        guard let known = system.payments.payments[payment.paymentId], known.order == payment.orderNum else {
            return system.fail("a buyer was told of a payment of \(payment.orderNum) that is not on disk")
        }
        guard known.price == payment.price.description, known.method == payment.paymentMethod else {
            return system.fail("a buyer was told another payment of \(payment.orderNum) than is on disk")
        }
        if payment.state != .accepted, known.state == .accepted {
            system.fail(
                "the payment of \(payment.orderNum) was told to be \(payment.state.rawValue) too early")
        }
        payments[payment.paymentId] = payment.orderNum
    }

    /// A report was accepted as this event.
    func told(_ event: Int64, ofReport key: String, _ flow: String, _ execution: String, attempt: String) {
        check(at: ServiceName.engine) {
            self.look(at: event, ofReport: key, flow, execution, attempt: attempt)
        }
    }

    private func look(
        at event: Int64, ofReport key: String, _ flow: String, _ execution: String, attempt: String
    ) {
        if let other = accepted.updateValue(key, forKey: attempt), other != key {
            return system.fail("the token of \(attempt) was accepted under \(other), then under \(key)")
        }
        let name = "\(flow)/\(execution) \(key)"
        if let before = reports.updateValue(event, forKey: name), before != event {
            return system.fail("the report \(name) was answered with event \(before), then with \(event)")
        }
        guard let model = system.journal.execution(flow, execution), event >= 1, event <= model.events.count,
            model.events[Int(event) - 1].type.endsTask
        else { return system.fail("the report \(name) was accepted as event \(event), which ends no task") }
    }

    func toldOfExecution(_ flow: String, _ name: String) {
        executions.insert("\(flow)/\(name)")
        check(at: ServiceName.engine) { self.look(atExecution: name, flow) }
    }

    private func look(atExecution name: String, _ flow: String) {
        if system.journal.execution(flow, name) == nil {
            system.fail("a client was told of execution \(flow)/\(name), which is not on disk")
        }
    }
}
