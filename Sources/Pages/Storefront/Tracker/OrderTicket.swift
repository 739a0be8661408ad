import HTMLMarkup
import OrderStoreAPI
import Primitives
import WebPages

/// What was ordered, for how much, and where it goes.
struct OrderTicket {
    let order: OrderRecord
    let sight: OrderSight
    let request: PageRequest

    private var language: Language { request.language }

    var card: HTML {
        el(
            "section", .class("ticket card stack"), .id("order-ticket"), .flag("data-part"),
            .aria("labelledby", "ticket-title")
        ) {
            el("div", .class("row apart")) {
                el("h2", .id("ticket-title")) { language("Order", "订单") }
                OrderWords.mark(order.status, language)
            }
            el("p", .class("mono small number"), .id("order-number")) { order.orderNum }
            OrderLines(order: order, language: language).list
            facts([
                (language("Deliver to", "送餐地址"), el("span", .class("lines-kept")) { order.address }),
                (
                    language("Ordered", "下单时间"),
                    moment(Timestamp(rfc3339: order.submittedTime), now: request.now, language)
                ),
            ])
            el("p", .class("muted small")) {
                language(
                    "This page's address shows the order on any device. Keep it to yourself.",
                    "凭本页网址可在任何设备查看订单，请勿泄露。")
            }
            if request.visitor.may(.read) {
                el("p", .class("small")) {
                    el("a", .href(ShopPaths.merchant(order: order.orderNum))) {
                        language("As the merchant sees it", "商家视图")
                    }
                }
            }
        }
    }
}

/// The lines of an order with what they come to.
struct OrderLines {
    let order: OrderRecord
    let language: Language

    @HTMLBuilder var list: HTML {
        if order.items.isEmpty {
            el("p") { order.products }
        } else {
            el("ul", .class("lines")) {
                for line in order.items { row(line) }
            }
        }
        if let total = order.total {
            el("p", .class("total")) {
                el("span") { language("Total", "合计") }
                el("strong", .id("order-total")) { Money.text(total) }
            }
        }
    }

    private func row(_ line: OrderLine) -> HTML {
        el("li") {
            ProductDrawing.tile(line.picture, "tiny")
            el("span", .class("line-name")) {
                line.name(language)
                el("span", .class("muted small nowrap")) { " × \(line.quantity)" }
            }
            el("span", .class("nowrap")) { Money.text(line.amount) }
        }
    }
}

/// What a paid order cost: before, off, and charged.
struct Receipt {
    let language: Language
    let before: DecimalNumber?
    let charged: DecimalNumber
    let method: String

    var list: HTML {
        el("dl", .class("receipt"), .id("receipt")) {
            if let before {
                row(language("Price", "原价"), Money.text(before))
                if let off = Money.discount(from: before, to: charged) {
                    row(language("Discount", "优惠"), "−" + Money.text(off))
                }
            }
            row(language("Charged by \(method)", "实付（\(method)）"), Money.text(charged), "sum")
        }
    }

    private func row(_ name: String, _ value: String, _ kind: String? = nil) -> HTML {
        el("div", .class(kind)) {
            el("dt") { name }
            el("dd") { value }
        }
    }
}
