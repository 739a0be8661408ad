package import RPCProtocol

/// Every change of every order in the order of the commits, without gap or repeat, across restarts too.
///
/// It does not end by itself. Resume with the sequence of the last item that was handled, or begin with that
/// of a list or a summary: nothing is missed between the two. The newest 100,000 changes are kept; for a
/// sequence before them, or after the newest (a restored backup), `SequenceNotKept`: list again and go on
/// from there.
package enum WatchOrders: RPCStreamMethod {
    package struct Params: WireRecord {
        package var afterSequence: Int64?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .optional("afterSequence", \.afterSequence, "From now on when missing")
        ]
    }

    package typealias Result = NoFields

    package struct Item: WireRecord {
        package var sequence: Int64 = 0
        package var orderNum: String = ""
        package var status: OrderStatus = .submitted
        package var supplier: String = ""
        package var updatedTime: String = ""

        package init() {}

        package static let fields: [WireField<Item>] = [
            .required("sequence", \.sequence, "Grows by one a change"),
            .required("orderNum", \.orderNum),
            .required("status", \.status, "After the change"),
            .required("supplier", \.supplier),
            .required("updatedTime", \.updatedTime),
        ]
    }

    package static let summary = "Follows the changes of all orders"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.sequenceNotKept, .slowConsumer]
    package static let exampleParams = Params.with { $0.afterSequence = 11 }
    package static let exampleResult = Result()
    package static let exampleItem = Item.with {
        $0.sequence = 12
        $0.orderNum = "o-1"
        $0.status = .awaitingPayment
        $0.supplier = "haidilao"
        $0.updatedTime = "2026-11-23T09:30:01.000Z"
    }
}
