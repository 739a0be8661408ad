import RPCProtocol
import WebPages

/// What a buyer is told about a payment that was not taken as it was sent. It travels in the address, so that
/// a reload shows it again and sends nothing.
enum PaymentSaying: String, Sendable, CaseIterable {
    case closed, method, price, paid, later, voided, unreadable

    /// What a refusal of the gateway means to the buyer; nil: nothing that the order's page could say.
    init?(_ failure: RPCFailure) {
        guard let error = failure.answer else {
            self = .later
            return
        }
        switch error.name.text {
        case "OrderClosed": self = .closed
        case "MethodNotOffered", "UnknownPaymentMethod": self = .method
        case "PriceMismatch": self = .price
        case "PaymentConflict": self = .paid
        case "InvalidPayment": self = .unreadable
        default:
            guard error.retryable else { return nil }
            self = .later
        }
    }

    func words(_ language: Language) -> String {
        switch self {
        case .closed:
            language(
                "This order is closed and takes no payment any more. Nothing was charged.",
                "订单已关闭，不再接受付款，未扣款。")
        case .method:
            language(
                "That way to pay is not on offer for this order. Nothing was charged: please choose another.",
                "此订单不支持该支付方式，未扣款，请选择其他方式。")
        case .price:
            language(
                "The price has changed since this page was shown. Nothing was charged: these are the new "
                    + "prices.",
                "页面打开后价格有变动，未扣款，以下为最新价格。")
        case .paid:
            language(
                "This order was paid already; an order is paid once. Your second payment was not taken.",
                "此订单已支付过，每单只扣款一次，未重复扣款。")
        case .later:
            language(
                "The payment could not be taken just now. Nothing was charged: please try again.",
                "暂时无法付款，未扣款，请稍后重试。")
        case .voided:
            language(
                "Your payment came when it was not wanted any more. Nothing was charged.",
                "付款到达时已失效，未扣款。")
        case .unreadable:
            language(
                "That payment could not be read. Nothing was charged: please use the buttons below.",
                "无法识别该付款，未扣款，请使用下方按钮。")
        }
    }

    /// Whether it is still of use: what was said may have been overtaken.
    func fits(_ stage: OrderSight.Stage) -> Bool {
        switch (self, stage) {
        case (.closed, .completed), (.closed, .canceled), (.closed, .failed), (.closed, .unpayable): true
        case (.paid, .paying), (.paid, .paid), (.paid, .completed): true
        case (.voided, .choosing), (.voided, .unpayable), (.voided, .canceled), (.voided, .failed): true
        case (.method, .choosing), (.price, .choosing), (.unreadable, .choosing): true
        case (.later, .choosing), (.later, .received), (.later, .unpayable): true
        default: false
        }
    }
}
