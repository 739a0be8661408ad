import FlowEngineAPI
import GRDB
import Logging
package import OrderStoreAPI
import Primitives
package import RPCProtocol
import ServiceLedger

/// What changes an order.
extension OrderStoreService {
    static let engineName = "flow-engine"

    package func submit(_ params: SubmitOrder.Params) async throws(RPCError) -> OrderRecord {
        let now = world.now
        let asked: Order
        do { asked = try Order(params, defaultFlow: defaultFlow, at: now) } catch { throw error.rpcError }
        let (order, start) = try await store.write { [book] db in
            try OrderStoreError.answering { try Self.store(db, book, asked) }
        }
        if let start {
            metrics.add("fnf_orders_submitted_total")
            logger.info("order \(order.number) submitted", metadata: orderMetadata(order, "orderSubmitted"))
            send(start)
            wakeFollowers()
        }
        return record(order)
    }

    /// The order and the promise to start its execution in one transaction. A repeat promises nothing.
    private static func store(
        _ db: Database, _ book: OrderBook, _ asked: Order
    ) throws -> (Order, start: OutboxMessage?) {
        if let known = try book.find(db, asked.number) {
            guard known.hasContent(of: asked) else {
                throw OrderStoreError.conflict(
                    asked.number, "it was submitted before with other content; choose another number")
            }
            return (known, nil)
        }
        let order = try book.insert(db, try asked.priced(db))
        let labels: JSONObject = ["order": .string(order.number)]
        let params = StartExecution.Params.with {
            $0.flowName = order.flow
            $0.executionName = order.number
            $0.input = order.executionInput.text
            $0.labels = labels
        }
        let start = try OutboxMessage.enqueue(
            db, target: engineName, StartExecution.self, params,
            idempotencyKey: "\(order.flow)/\(order.number)",
            subject: order.number, labels: labels, at: order.submitted)
        return (order, start)
    }

    package func setPaymentCombination(
        _ params: SetPaymentCombination.Params
    ) async throws(RPCError) -> OrderRecord {
        let methods: [String]
        do { methods = try Order.methods(in: params.paymentcombination) } catch { throw error.rpcError }
        return record(
            try await change(params.orderNum) { (order, _) throws(OrderStoreError) in try order.offer(methods)
            })
    }

    package func recordPayment(_ params: RecordPayment.Params) async throws(RPCError) -> OrderRecord {
        let payment = Order.Payment(method: params.paymentMethod, price: params.price, paid: params.paid)
        do { try Order.checkPayment(payment) } catch { throw error.rpcError }
        return record(
            try await change(params.orderNum) { (order, _) throws(OrderStoreError) in try order.pay(payment) }
        )
    }

    package func complete(
        _ params: CompleteOrder.Params, task: TaskMeta?
    ) async throws(RPCError) -> CompleteOrder.Result {
        let reply = CompleteOrder.Result.with { $0.orderNum = params.orderNum }
        return try await close(CompleteOrder.self, params.orderNum, params, task, reply: reply) {
            (order, now) throws(OrderStoreError) in try order.complete(at: now)
        }
    }

    package func cancel(
        _ params: CancelOrder.Params, task: TaskMeta?
    ) async throws(RPCError) -> CancelOrder.Result {
        let reply = CancelOrder.Result.with { $0.orderNum = params.orderNum }
        let step = task?.step
        return try await close(CancelOrder.self, params.orderNum, params, task, reply: reply) {
            (order, now) throws(OrderStoreError) in try order.cancel(by: step, at: now)
        }
    }

    typealias Edit = @Sendable (inout Order, Timestamp) throws(OrderStoreError) -> Order.Note?

    private func change(_ number: String, _ edit: @escaping Edit) async throws(RPCError) -> Order {
        let now = world.now
        let change = try await store.write { [book] db in
            try OrderStoreError.answering {
                try book.apply(db, number, at: now) { try edit(&$0, now) }
            }
        }
        announce(change)
        return change.order
    }

    /// Closes an order for a task of the flow: an attempt that comes again is answered from the ledger,
    /// another attempt that wants what is already so gets the same answer.
    private func close<Method: RPCMethod>(
        _: Method.Type, _ number: String, _ params: Method.Params, _ task: TaskMeta?, reply: Method.Result,
        _ edit: @escaping Edit
    ) async throws(RPCError) -> Method.Result {
        let now = world.now
        let mayForget = isTimeToForget
        let (answer, change) = try await store.write { [book] db -> (Method.Result, Change?) in
            try OrderStoreError.answering {
                var change: Change?
                let act = { (db: Database) throws -> Method.Result in
                    change = try book.apply(db, number, at: now) { (order) throws(OrderStoreError) in
                        try edit(&order, now)
                    }
                    return reply
                }
                guard let task else { return (try act(db), change) }
                let answer = try RequestLedger.once(
                    db, scope: Method.name, key: task.key, params: params.wire, at: now, act)
                if mayForget { try RequestLedger.forget(db, at: now) }
                return (answer.reply, change)
            }
        }
        if let change { announce(change) }
        return answer
    }
}

extension Order {
    /// What the flow is given. The text is the same at each attempt: members in the order of their names.
    var executionInput: JSONValue {
        [
            "orderNum": .string(number), "supplier": .string(supplier), "products": .string(products),
            "address": .string(address),
        ]
    }
}
