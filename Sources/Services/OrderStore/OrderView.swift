import OrderStoreAPI
import Primitives
import RPCProtocol

/// An order as it is shown: with what keeps it from starting, and with its change log where that was asked
/// for.
struct OrderView: Sendable, Hashable {
    let order: Order
    let trouble: String?
    let changes: [OrderChange]

    var record: OrderRecord {
        OrderRecord.with {
            $0.orderNum = order.number
            $0.supplier = order.supplier
            $0.products = order.products
            $0.items = order.lines
            $0.address = order.address
            $0.total = order.total
            $0.flow = order.flow
            $0.status = order.status
            $0.paymentMethods = order.methods
            $0.paymentMethod = order.payment?.method
            $0.price = order.payment?.price
            $0.reason = order.reason
            $0.submittedTime = order.submitted.description
            $0.closedTime = order.closed?.description
            $0.started = order.isStarted
            $0.trouble = trouble
            $0.changes = changes
        }
    }
}
