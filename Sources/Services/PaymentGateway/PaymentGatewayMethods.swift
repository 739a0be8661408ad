import PaymentGatewayAPI
import Primitives
package import RPCProtocol
import ServiceLedger

/// Decode, call, encode.
extension PaymentGatewayService {
    package nonisolated var methods: HandlerTable {
        var table = HandlerTable()
        table.on(PayOrder.self) { (params, _) throws(RPCError) in try await self.pay(params) }
        table.on(RequestPayment.self) { (params, context) throws(RPCError) in
            try await self.request(params, context)
        }
        table.on(ChargeOrder.self) { (params, context) throws(RPCError) in
            try await self.charge(params, context)
        }
        table.on(ListPayments.self) { (params, _) throws(RPCError) in try await self.list(params) }
        return table
    }

    private func list(_ params: ListPayments.Params) throws(RPCError) -> ListPayments.Result {
        let limit = params.limit ?? 60
        guard (1...1000).contains(limit) else {
            throw RPCError(.invalidPayment, "limit is 1 to 1000, not \(limit)", details: ["path": "limit"])
        }
        guard let before = params.nextToken.map({ Int64($0) }) ?? Int64.max else {
            throw RPCError(
                .invalidPayment, "nextToken is not from an answer of this method",
                details: ["path": "nextToken"])
        }
        // One more than the page tells whether there is another.
        let found = try store.read { db in
            try PaymentTable(db: db).list(
                orderNum: params.orderNum, state: params.state, before: before, limit: Int(limit) + 1)
        }
        let page = found.prefix(Int(limit))
        return .with {
            $0.payments = page.map { $0.1.record }
            if found.count > page.count { $0.nextToken = page.last.map { String($0.0) } }
        }
    }
}
