import PaymentGatewayAPI
package import RPCProtocol

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
        table.on(QuotePayment.self) { (params, _) throws(RPCError) in try await self.quote(params) }
        table.on(ListPaymentMethods.self) { (_, _) throws(RPCError) in await self.paymentMethods }
        table.on(SummarizePayments.self) { (params, _) throws(RPCError) in
            try await self.summarize(params)
        }
        return table
    }
}
