import HTMLMarkup
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import WebPages

/// Where an order stands, and what its buyer can do about it.
struct TrackerPage {
    let request: PageRequest
    let sight: OrderSight
    let said: PaymentSaying?

    private var language: Language { request.language }
    private var order: OrderRecord { sight.order }

    var page: Page {
        var page = Page(
            Shop.face, language("Order ", "订单 ") + order.orderNum, section: ShopPaths.menu,
            events: order.status.isClosed ? nil : ShopPaths.events(of: order.orderNum)
        ) {
            el("div", .class("head")) {
                el("h1") {
                    language("Your order", "您的订单")
                }
                if !order.status.isClosed {
                    el("span", .class("live if-script")) { language("Live", "实时") }
                }
            }
            el("div", .id("order-said"), .flag("data-part")) {
                if let said { notice(said == .paid ? .wait : .bad) { el("p") { said.words(language) } } }
            }
            el("div", .class("tracker")) {
                el(
                    "section", .class("card stack progress"), .id("order-state"), .flag("data-part"),
                    .data("status", order.status.rawValue), .data("stage", stageWord)
                ) {
                    OrderSteps(sight: sight, language: language).list
                    state
                }
                OrderTicket(order: order, sight: sight, request: request).card
            }
        }
        page.refreshSeconds = refreshSeconds
        return page
    }

    /// For browsers without the script: often where only waiting is to be done, seldom where somebody reads.
    private var refreshSeconds: Int? {
        switch sight.stage {
        case .received, .paying, .paid: 3
        case .choosing, .unpayable: 30
        case .completed, .canceled, .failed: nil
        }
    }

    private var stageWord: String {
        switch sight.stage {
        case .received: "received"
        case .choosing: "choosing"
        case .paying: "paying"
        case .unpayable: "unpayable"
        case .paid: "paid"
        case .completed: "completed"
        case .canceled: "canceled"
        case .failed: "failed"
        }
    }

    @HTMLBuilder private var state: HTML {
        switch sight.stage {
        case .received: received
        case .choosing: PaymentChoice(request: request, sight: sight).panel
        case .paying(let payment): paying(payment)
        case .unpayable: unpayable
        case .paid, .completed: paid
        case .canceled, .failed: closed
        }
    }

    private func heading(_ title: String, @HTMLBuilder _ sentence: () -> HTML) -> HTML {
        el("div", .class("stack tight"), .role("status")) {
            el("h2", .id("state-title")) { title }
            sentence()
        }
    }

    @HTMLBuilder private var received: HTML {
        heading(language("We have your order", "已收到订单")) {
            el("p", .class("lede")) {
                language(
                    "The restaurant is being asked how you can pay. This takes a moment.",
                    "正在查询餐厅支持的支付方式，请稍候。")
            }
        }
        if let trouble = order.trouble {
            notice(.wait) {
                el("div", .class("stack tight")) {
                    el("p") {
                        language(
                            "It is stored and not lost, but its process has not begun yet. It begins by "
                                + "itself as soon as it can.",
                            "订单已保存，但流程尚未开始，条件具备后会自动开始。")
                    }
                    el("p", .class("small muted")) { trouble }
                }
            }
        }
    }

    private func paying(_ payment: PaymentRecord) -> HTML {
        heading(language("Your payment is on its way", "付款处理中")) {
            el("p", .class("lede")) {
                language(
                    "By \(label(payment.paymentMethod)), for \(Money.text(payment.price)) before "
                        + "discount. There is nothing more to do: this page tells when it is done.",
                    "支付方式：\(label(payment.paymentMethod))，优惠前 \(Money.text(payment.price))。无需其他操作，完成后本页会显示。")
            }
        }
    }

    private var unpayable: HTML {
        heading(language("This order takes no payment now", "暂不接受付款")) {
            el("p", .class("lede")) {
                language(
                    "The time to pay is over, or its process has ended. This page shows in a moment how.",
                    "付款时限已过或流程已结束，结果稍后显示。")
            }
        }
    }

    @HTMLBuilder private var paid: HTML {
        heading(
            sight.stage == .completed
                ? language("All done – enjoy your meal", "已完成，祝您用餐愉快")
                : language("Paid, thank you", "支付成功，谢谢")
        ) {
            el("p", .class("lede")) {
                sight.stage == .completed
                    ? language("The restaurant has your order and your payment.", "餐厅已收到您的订单和付款。")
                    : language("The restaurant is being told.", "正在通知餐厅。")
            }
        }
        if let charged = order.price, let method = order.paymentMethod {
            Receipt(language: language, before: sight.paidPrice, charged: charged, method: label(method)).list
        }
        if sight.stage == .completed { again }
    }

    @HTMLBuilder private var closed: HTML {
        heading(
            sight.stage == .canceled
                ? language("This order was canceled", "订单已取消") : language("This order has failed", "订单失败")
        ) {
            el("p", .class("lede"), .id("closing-reason")) {
                ClosingWords(sight: sight, language: language).text
            }
        }
        if let due = sight.refund {
            notice(.wait) {
                el("p") {
                    language(
                        "\(Money.text(due)) were charged and are paid back to you.",
                        "已扣 \(Money.text(due))，将退还给您。")
                }
            }
        }
        again
    }

    private var again: HTML {
        el("p") {
            el("a", .class("button"), .href(ShopPaths.menu(of: order.supplier)), .id("order-again")) {
                language("Order again", "再来一单")
            }
        }
    }

    private func label(_ method: String) -> String { sight.label(method, language) }
}

extension OrderSight {
    func label(_ method: String, _ language: Language) -> String {
        guard let quote = quote?.quotes.first(where: { $0.paymentMethod == method }) else { return method }
        return language(quote.labelEn, quote.labelZh)
    }

    /// What the buyer agreed to, before discount.
    var paidPrice: DecimalNumber? {
        if let payment = quote?.payment, payment.state != .voided { return payment.price }
        return order.total
    }

    /// What was charged for an order that did not come to its end.
    var refund: DecimalNumber? {
        guard order.status == .canceled || order.status == .failed else { return nil }
        if let payment = quote?.payment, payment.state == .refundDue || payment.state == .charged {
            return payment.charged
        }
        return order.price
    }
}
