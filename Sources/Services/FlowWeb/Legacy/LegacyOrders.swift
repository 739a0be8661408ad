import FlowEngineAPI
import OrderStoreAPI
package import Primitives
import RPCProtocol

/// What the article's Java service did: starts the execution of an order, and keeps what becomes of it; here
/// in order-store.
package actor LegacyOrders {
    private let engine: any EnginePort
    private let orders: OrderCallers
    private let loop: any ServiceLoop
    /// Orders whose execution runs already and which order-store may not have yet, with who waits for them.
    private var starting: [String: [CheckedContinuation<Void, Never>]] = [:]

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        loop.executor.asUnownedSerialExecutor()
    }

    package init(engine: any EnginePort, orders: OrderCallers, loop: any ServiceLoop) {
        self.engine = engine
        self.orders = orders
        self.loop = loop
    }

    func carryOut(_ call: LegacyCall) async throws(LegacyFault) -> JSONObject {
        do throws(RPCFailure) {
            switch call {
            case .start(let flow, let orderNum, let input):
                return try await start(flow, orderNum, input)
            case .setPaymentCombination(let orderNum, let combination, let price):
                return try await setPaymentCombination(orderNum, combination, price)
            }
        } catch {
            throw LegacyFault(error)
        }
    }

    /// The execution first, so that a flow that is not there leaves no order behind; then the order, under
    /// which order-store finds the execution running.
    private func start(
        _ flow: String, _ orderNum: String, _ input: String
    ) async throws(RPCFailure) -> JSONObject {
        while starting[orderNum] != nil { await started(orderNum) }
        starting[orderNum] = []
        defer { for waiter in starting.removeValue(forKey: orderNum) ?? [] { waiter.resume() } }
        let params = StartExecution.Params.with {
            $0.flowName = flow
            $0.executionName = orderNum
            $0.input = input
            $0.labels = ["order": .string(orderNum)]
        }
        let answer = try await engine.call(StartExecution.name, params.wire, role: .operate, waits: false)
        guard let asked = try? JSONParser.parse(input) else { return [:] }
        let running = answer["Input"]?.stringValue.flatMap { try? JSONParser.parse($0) }
        guard running == asked else {
            throw .answered(
                RPCError(
                    .executionAlreadyExists,
                    "execution \(orderNum) of flow \(flow) runs with another input; choose another number"))
        }
        if let order = LegacyOrder.submission(in: asked, orderNum: orderNum, flow: flow) {
            _ = try await orders.call(SubmitOrder.self, order)
        }
        return [
            "flow": .string(flow), "orderNum": .string(orderNum), "status": answer["Status"] ?? "Running",
        ]
    }

    /// Price 0 is the offer, another one what was charged: the URL is the same in the article.
    private func setPaymentCombination(
        _ orderNum: String, _ combination: String, _ price: DecimalNumber
    ) async throws(RPCFailure) -> JSONObject {
        // The flow's first step may ask before the page has its answer.
        while starting[orderNum] != nil { await started(orderNum) }
        var order: OrderRecord
        if price == .zero {
            order = try await offer(combination, orderNum)
        } else {
            order = try await orders.call(DescribeOrder.self, .with { $0.orderNum = orderNum })
            // The article's service took a payment also for what it had not offered.
            if order.status == .submitted { _ = try await offer(combination, orderNum) }
            // The URL does not say what the price was before the discount.
            let paid = order.total ?? price
            order = try await orders.call(
                RecordPayment.self,
                .with {
                    $0.orderNum = orderNum
                    $0.paymentMethod = combination
                    $0.price = price
                    $0.paid = paid
                })
        }
        return ["orderNum": .string(orderNum), "status": .string(order.status.rawValue)]
    }

    private func offer(_ combination: String, _ orderNum: String) async throws(RPCFailure) -> OrderRecord {
        try await orders.call(
            SetPaymentCombination.self,
            .with {
                $0.orderNum = orderNum
                $0.paymentcombination = combination
            })
    }

    private func started(_ orderNum: String) async {
        await withCheckedContinuation { starting[orderNum, default: []].append($0) }
    }
}
