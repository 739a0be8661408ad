import OrderStoreAPI
import Primitives
import RPCProtocol
import Synchronization

/// order-store as the gateway sees it: knows orders, notes one charge for each.
final class OrderStorePeer: Sendable {
    private struct State {
        var orders: [String: OrderRecord] = [:]
        var notes: [String: RecordPayment.Params] = [:]
        var refusal: RPCError?
    }

    private let state = Mutex(State())

    /// The note of each order's charge.
    var notes: [String: RecordPayment.Params] { state.withLock { $0.notes } }

    func add(_ orderNum: String, total: String? = nil) {
        let order = OrderRecord.with {
            $0.orderNum = orderNum
            $0.flow = "OrderDemo"
            $0.total = total.flatMap { DecimalNumber($0) }
            $0.submittedTime = "2026-11-23T09:30:00.000Z"
        }
        state.withLock { $0.orders[orderNum] = order }
    }

    func close(_ orderNum: String) { state.withLock { $0.orders[orderNum]?.status = .canceled } }

    /// How each further note is answered.
    func refuseNotes(_ name: RPCErrorName) {
        state.withLock { $0.refusal = RPCError(name, "the order takes no charge") }
    }

    var methods: HandlerTable {
        var table = HandlerTable()
        table.on(DescribeOrder.self) { (params, _) throws(RPCError) in
            guard let order = self.state.withLock({ $0.orders[params.orderNum] }) else {
                throw RPCError(.orderNotExists, "there is no order \(params.orderNum)")
            }
            return order
        }
        table.on(RecordPayment.self) { (params, _) throws(RPCError) in
            let answer = self.state.withLock { state -> Result<OrderRecord, RPCError> in
                if let refusal = state.refusal { return .failure(refusal) }
                if let known = state.notes[params.orderNum], known != params {
                    return .failure(RPCError(.orderConflict, "charged otherwise"))
                }
                state.notes[params.orderNum] = params
                return .success(state.orders[params.orderNum] ?? .with { $0.orderNum = params.orderNum })
            }
            return try answer.get()
        }
        return table
    }
}
