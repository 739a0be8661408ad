import FlowEngineAPI
import HTMLMarkup
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import WebPages

/// One order with everything that is known of it.
struct MerchantOrderPage {
    let request: PageRequest
    let order: OrderRecord
    /// Nil: the gateway could not be asked.
    let payments: [PaymentRecord]?
    let tasks: [OpenTask]

    private var language: Language { request.language }

    var page: Page {
        Page(
            Shop.face, order.orderNum, section: ShopPaths.merchant,
            events: order.status.isClosed ? nil : ShopPaths.events(of: order.orderNum)
        ) {
            el("nav", .class("crumbs"), .aria("label", language("Where you are", "当前位置"))) {
                el("a", .href(ShopPaths.merchant)) { language("Orders", "订单") }
                el("span") { order.orderNum }
            }
            el("div", .class("head"), .id("order-head"), .flag("data-part")) {
                el("h1", .class("number")) { order.orderNum }
                OrderWords.mark(order.status, language)
                el("a", .class("button small"), .href(ShopPaths.order(order.orderNum))) {
                    language("Buyer's page", "买家页面")
                }
                el("a", .class("button small"), .href(ShopPaths.execution(order.flow, order.orderNum))) {
                    language("Its execution", "流程执行")
                }
            }
            el("div", .class("tracker"), .id("order-parts"), .flag("data-part")) {
                el("div", .class("stack")) {
                    details
                    paymentTable
                    changes
                }
                el("section", .class("card stack ticket")) {
                    el("h2") { language("Ordered", "内容") }
                    OrderLines(order: order, language: language).list
                }
            }
        }
    }

    private var details: HTML {
        var pairs: [(String, HTML)] = [
            (language("Restaurant", "餐厅"), HTML(order.supplier)),
            (language("Deliver to", "送餐地址"), el("span", .class("lines-kept")) { order.address }),
            (language("Ordered", "下单时间"), time(order.submittedTime)),
            (
                language("On offer", "可用支付方式"),
                HTML(order.paymentMethods.isEmpty ? "–" : order.paymentMethods.joined(separator: ", "))
            ),
        ]
        if let method = order.paymentMethod, let price = order.price {
            pairs.append((language("Charged", "实收"), HTML("\(Money.text(price)) · \(method)")))
        }
        if let closed = order.closedTime { pairs.append((language("Closed", "关闭时间"), time(closed))) }
        if let reason = order.reason { pairs.append((language("Reason", "原因"), HTML(reason))) }
        for task in tasks {
            var text = "\(task.stepName) · \(task.state)"
            if let deadline = task.deadline { text += " · \(language("until", "截止")) \(deadline)" }
            pairs.append((language("Waits for", "等待"), HTML(text)))
        }
        return el("section", .class("card stack")) {
            el("h2") { language("Facts", "概况") }
            if let trouble = order.trouble { notice(.bad) { el("p") { trouble } } }
            facts(pairs)
        }
    }

    private var paymentTable: HTML {
        el("section", .class("card stack")) {
            el("h2") { language("Payments", "付款") }
            if let payments {
                if payments.isEmpty {
                    el("p", .class("muted")) { language("None so far.", "暂无。") }
                } else {
                    el("ul", .class("log")) { for payment in payments { paymentRow(payment) } }
                }
            } else {
                el("p", .class("muted")) {
                    language("The payment service could not be asked just now.", "暂时无法连接支付服务。")
                }
            }
        }
    }

    private func paymentRow(_ payment: PaymentRecord) -> HTML {
        el("li") {
            el("div", .class("row apart")) {
                el("strong") { "\(payment.paymentMethod) · \(Money.text(payment.price))" }
                badge(Self.name(payment.state, language), Self.tone(payment.state))
            }
            el("p", .class("small muted")) {
                payment.charged.map { language("Charged ", "实收 ") + Money.text($0) + " · " } ?? ""
                time(payment.updatedTime)
                payment.reason.map { " · \($0)" } ?? ""
            }
        }
    }

    private var changes: HTML {
        el("section", .class("card stack")) {
            el("h2") { language("What happened", "变更记录") }
            el("ol", .class("log")) {
                for change in order.changes {
                    el("li") {
                        el("div", .class("row apart")) {
                            el("strong") {
                                OrderStatus(rawValue: change.status).map { OrderWords.name($0, language) }
                                    ?? change.status
                            }
                            el("span", .class("small muted")) { time(change.time) }
                        }
                        el("p", .class("small muted")) { change.note }
                    }
                }
            }
        }
    }

    private func time(_ text: String) -> HTML {
        moment(Timestamp(rfc3339: text), now: request.now, language)
    }

    private static func name(_ state: PaymentState, _ language: Language) -> String {
        switch state {
        case .accepted: language("Taken", "已受理")
        case .confirmed: language("Confirmed", "已确认")
        case .voided: language("Voided", "已作废")
        case .charged: language("Charged", "已扣款")
        case .refundDue: language("To be paid back", "待退款")
        }
    }

    private static func tone(_ state: PaymentState) -> Tone {
        switch state {
        case .accepted, .confirmed: .run
        case .voided: .still
        case .charged: .good
        case .refundDue: .bad
        }
    }
}
