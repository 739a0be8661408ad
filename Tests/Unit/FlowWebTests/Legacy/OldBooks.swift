import FlowEngineAPI
import OrderStoreAPI
import Primitives
import RPCProtocol
import Synchronization

/// An engine and an order-store that keep what they are told, with the answers of the real ones.
final class OldBooks: Sendable {
    struct State {
        /// Name → flow, input and status.
        var executions: [String: (flow: String, input: String, status: String)] = [:]
        var orders: [String: OrderRecord] = [:]
        var submitted: [SubmitOrder.Params] = []
        var payments: [RecordPayment.Params] = []
        var labels: [JSONObject] = []
    }

    private let state = Mutex(State())

    func edit<Value: Sendable>(_ body: (inout State) -> Value) -> Value { state.withLock { body(&$0) } }

    var engine: HandlerTable {
        var table = HandlerTable()
        table.on(StartExecution.self) { (params, _) throws(RPCError) in
            guard params.flowName == "OrderDemo" else {
                throw RPCError(.flowNotExists, "Flow \(params.flowName) does not exist")
            }
            let name = params.executionName ?? ""
            let run = self.edit { state in
                state.labels.append(params.labels)
                let new = (flow: params.flowName, input: params.input ?? "{}", status: "Running")
                state.executions[name] = state.executions[name] ?? new
                return state.executions[name] ?? new
            }
            guard run.status == "Running" else {
                throw RPCError(.executionAlreadyExists, "Execution \(name) already exists")
            }
            return .with {
                $0.flowName = run.flow
                $0.name = name
                $0.status = run.status
                $0.input = run.input
            }
        }
        return table
    }

    var orderStore: HandlerTable {
        var table = HandlerTable()
        table.on(SubmitOrder.self) { params, _ in
            self.edit { state in
                state.submitted.append(params)
                var order = state.orders[params.orderNum] ?? OrderRecord()
                order.orderNum = params.orderNum
                order.flow = params.flow ?? ""
                state.orders[params.orderNum] = order
                return order
            }
        }
        table.on(DescribeOrder.self) { (params, _) throws(RPCError) in try self.order(params.orderNum) }
        table.on(SetPaymentCombination.self) { (params, _) throws(RPCError) in
            var order = try self.order(params.orderNum)
            order.status = .awaitingPayment
            order.paymentMethods = params.paymentcombination.split(separator: ",").map(String.init)
            return self.keep(order)
        }
        table.on(RecordPayment.self) { (params, _) throws(RPCError) in
            var order = try self.order(params.orderNum)
            guard order.status == .awaitingPayment else {
                throw RPCError(.orderConflict, "it is \(order.status.rawValue) and can not become paid")
            }
            order.status = .paid
            order.price = params.price
            self.edit { $0.payments.append(params) }
            return self.keep(order)
        }
        return table
    }

    private func order(_ number: String) throws(RPCError) -> OrderRecord {
        guard let order = edit({ $0.orders[number] }) else {
            throw RPCError(.orderNotExists, "there is no order \(number)")
        }
        return order
    }

    private func keep(_ order: OrderRecord) -> OrderRecord {
        edit { $0.orders[order.orderNum] = order }
        return order
    }
}
