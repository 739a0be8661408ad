import OrderStoreAPI
import PaymentGatewayAPI
import WebPages

/// Why an order ended without being completed, for its buyer: made of what had happened until then.
struct ClosingWords {
    let sight: OrderSight
    let language: Language

    private var order: OrderRecord { sight.order }

    var text: String {
        let reason = order.reason ?? ""
        if order.status == .failed {
            return language(
                "Its process could not go on: \(reason). You can't mend it; the merchant sees it too.",
                "流程无法继续：\(reason)。您无需操作，商家也能看到该问题。")
        }
        if reason.hasPrefix("stopped") { return stopped(reason) }
        if reason.hasPrefix("the flow timed out") {
            return language("It took longer than an order may take.", "订单处理超过了允许的最长时间。")
        }
        if order.paymentMethods.isEmpty {
            return language(
                "The restaurant did not say in time how you can pay.", "餐厅未能及时给出支付方式。")
        }
        guard let payment = sight.quote?.payment else {
            return order.paymentMethod == nil
                ? language(
                    "It was not paid in time. Nothing was charged.", "未在规定时间内支付，未扣款。")
                : language("The restaurant canceled it after you had paid.", "付款后餐厅取消了订单。")
        }
        return paidInVain(payment)
    }

    /// The engine took the payment and the flow went another way: it knows no step for that method.
    private func paidInVain(_ payment: PaymentRecord) -> String {
        let method = sight.label(payment.paymentMethod, language)
        switch payment.state {
        case .charged, .refundDue:
            return language("It was canceled after you had paid.", "付款后订单被取消。")
        case .confirmed: return unknown(method)
        case .voided:
            if payment.reason == "executionSucceeded" { return unknown(method) }
            if payment.reason == "methodNotOffered" {
                return language(
                    "“\(method)” is not on offer for this order, and it was not paid otherwise in time. "
                        + "Nothing was charged.", "此订单不支持“\(method)”，且未在规定时间内以其他方式支付，未扣款。")
            }
            return late
        case .accepted: return late
        }
    }

    private func unknown(_ method: String) -> String {
        language(
            "“\(method)” was on offer, but the process of this order does not know that way to pay. "
                + "Nothing was charged.", "虽然提供了“\(method)”，但订单流程不认识该支付方式，未扣款。")
    }

    private var late: String {
        language(
            "Your payment came after the time to pay was over. Nothing was charged.", "付款时已超过时限，未扣款。")
    }

    /// With what the person who stopped it gave for a reason.
    private func stopped(_ reason: String) -> String {
        let why = reason.split(separator: ": ", maxSplits: 1).dropFirst().first.map(String.init)
        guard let why else { return language("The merchant stopped it.", "商家已终止此订单。") }
        return language("The merchant stopped it: \(why)", "商家已终止此订单：\(why)")
    }
}
