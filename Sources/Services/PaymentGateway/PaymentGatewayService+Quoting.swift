import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import ServiceLedger

/// What an order would cost. The amounts come from the price list that charges.
extension PaymentGatewayService {
    var paymentMethods: ListPaymentMethods.Result {
        .with {
            $0.methods = discounts.factors.keys.sorted().compactMap(discounts.record)
            $0.minorUnits = Int64(discounts.minorUnits)
        }
    }

    func quote(_ params: QuotePayment.Params) async throws(RPCError) -> QuotePayment.Result {
        let orderNum = params.orderNum
        guard !orderNum.isEmpty else { throw .emptyParameter("orderNum") }
        if let price = params.price { try discounts.check(price) }
        let order = try await order(orderNum)
        if let total = order.total, let price = params.price, price != total {
            throw .priceMismatch(price, total: total)
        }
        let account = try account(orderNum)
        let price = order.total ?? params.price
        let offer = account.openOffer ?? order.paymentMethods
        let refusal = refusal(of: order, account, offer)
        return .with {
            $0.orderNum = orderNum
            $0.total = order.total
            $0.quotes = offer.map { quote(price, by: $0) }
            $0.request = account.requestState
            $0.payable = refusal == nil
            $0.reason = refusal
            $0.payment = account.payment?.record
        }
    }

    private func quote(_ price: DecimalNumber?, by method: String) -> PaymentQuote {
        let known = discounts.record(method)
        var quote = PaymentQuote.with {
            $0.paymentMethod = method
            $0.labelEn = known?.labelEn ?? method
            $0.labelZh = known?.labelZh ?? method
            $0.price = price
            $0.factor = known?.factor
            $0.percentOff = known?.percentOff
        }
        do throws(RPCError) {
            if let price { try discounts.check(price) }
            // Without a price it is still asked whether anything is charged by this method.
            let charged = try discounts.amount(of: price ?? DecimalNumber(1), by: method)
            if price != nil { quote.charged = charged }
        } catch {
            quote.fault = error.message
        }
        return quote
    }

    /// Why PayOrder would take none of the methods now; nil when it would.
    private func refusal(of order: OrderRecord, _ account: OrderAccount, _ offer: [String]) -> String? {
        if let reason = account.refusal { return reason }
        if order.status.isClosed { return RPCError.orderClosed(order).message }
        if offer.isEmpty { return "the supplier's payment methods are not known yet" }
        if let total = order.total {
            do throws(RPCError) { try discounts.check(total) } catch { return error.message }
        }
        return nil
    }
}
