import HTMLMarkup
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import WebPages

/// The ways to pay that this supplier offers, each with its price before the button that pays.
struct PaymentChoice {
    let request: PageRequest
    let sight: OrderSight

    private var language: Language { request.language }
    private var order: OrderRecord { sight.order }

    @HTMLBuilder var panel: HTML {
        el("div", .class("row apart")) {
            el("h2", .id("state-title")) { language("Choose how to pay", "请选择支付方式") }
            countdown
        }
        if let quote = sight.quote {
            if let voided = sight.voided { voidedBefore(voided) }
            if quote.total == nil, !quote.quotes.contains(where: { $0.price != nil }) { priceForm }
            el("ul", .class("methods")) {
                for offer in quote.quotes { method(offer) }
            }
            el("p", .class("muted small")) {
                language(
                    "You are charged once, however often you press. If it is not paid in time, the order is "
                        + "canceled.",
                    "无论点击多少次只扣款一次。超时未付订单会自动取消。")
            }
        } else {
            notice(.wait) {
                el("p") {
                    language(
                        "The payment service could not be asked just now. Load this page again in a moment.",
                        "暂时无法连接支付服务，请稍后刷新。")
                }
            }
        }
    }

    /// Counts down to the moment at which the flow itself gives up.
    @HTMLBuilder private var countdown: HTML {
        if let deadline = sight.countdown {
            el("span", .class("countdown"), .role("timer")) {
                el("span", .class("muted small")) { language("Time left", "剩余时间") }
                el(
                    "time", .id("payment-deadline"), .attribute("datetime", deadline.description),
                    .data("deadline", deadline.description)
                ) { Self.clock(max(0, request.now.duration(to: deadline).components.seconds)) }
            }
        }
    }

    /// `4:59`, as the page's script writes it on.
    private static func clock(_ seconds: Int64) -> String {
        let rest = seconds % 60
        return "\(seconds / 60):\(rest < 10 ? "0" : "")\(rest)"
    }

    private func method(_ offer: PaymentQuote) -> HTML {
        let label = language(offer.labelEn, offer.labelZh)
        return el("li", .class("method"), .data("method", offer.paymentMethod)) {
            el("span", .class("glyph"), .aria("hidden", "true")) { String(offer.labelZh.prefix(1)) }
            el("div", .class("method-words")) {
                el("strong") { label }
                if let fault = offer.fault {
                    el("span", .class("small fault")) { fault }
                } else {
                    discount(offer)
                }
            }
            if offer.fault == nil, let price = offer.price, let charged = offer.charged {
                amounts(price, charged)
                payForm(offer.paymentMethod, label, price, charged)
            }
        }
    }

    @HTMLBuilder private func discount(_ offer: PaymentQuote) -> HTML {
        if let off = offer.percentOff, off.isPositive {
            el("span", .class("badge good plain")) { language("\(off)% off", "立减 \(off)%") }
        } else {
            el("span", .class("muted small")) { language("No discount", "无优惠") }
        }
    }

    @HTMLBuilder private func amounts(_ price: DecimalNumber, _ charged: DecimalNumber) -> HTML {
        el("div", .class("amounts")) {
            if charged < price {
                el("span", .class("visually-hidden")) { language("before", "原价") }
                el("s", .class("muted small")) { Money.text(price) }
                el("span", .class("visually-hidden")) { language("you pay", "实付") }
            }
            el("strong", .class("charged")) { Money.text(charged) }
        }
    }

    private func payForm(
        _ method: String, _ label: String, _ price: DecimalNumber, _ charged: DecimalNumber
    ) -> HTML {
        request.form(ShopPaths.pay(order.orderNum), .class("pay"), .flag("data-once")) {
            void("input", .type("hidden"), .name("method"), .value(method))
            void("input", .type("hidden"), .name("price"), .value(price.description))
            void("input", .type("hidden"), .name("charged"), .value(charged.description))
            el("button", .type("submit"), .class("main"), .id("pay-\(method)")) {
                language("Pay", "支付")
                el("span", .class("visually-hidden")) {
                    language(" \(Money.text(charged)) by \(label)", " \(Money.text(charged))，\(label)")
                }
            }
        }
    }

    /// Orders that were made without a total cost what the buyer says.
    private var priceForm: HTML {
        el("form", .attribute("method", "get"), .action(ShopPaths.order(order.orderNum)), .class("row")) {
            field(
                "price", language("Price to pay", "支付金额"),
                hint: language("This order has no total of its own.", "此订单没有合计金额。")
            ) { attributes in
                void("input", attributes + [.attribute("inputmode", "decimal"), .flag("required")])
            }
            el("button", .type("submit")) { language("Show prices", "查看价格") }
        }
    }

    private func voidedBefore(_ payment: PaymentRecord) -> HTML {
        notice(.wait) {
            el("p") {
                language(
                    "Your payment by \(sight.label(payment.paymentMethod, language)) was not taken, and "
                        + "nothing was charged. You can pay again.",
                    "之前的付款（\(sight.label(payment.paymentMethod, language))）未被接受，未扣款，可重新支付。")
            }
        }
    }
}
