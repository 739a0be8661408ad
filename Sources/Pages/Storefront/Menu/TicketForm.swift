import HTMLMarkup
import WebPages

/// The other half of an order's form: what it comes to, where it goes, and the button.
struct TicketForm {
    let language: Language
    let draft: OrderDraft
    let faults: DraftFaults

    var card: HTML {
        el("section", .class("ticket card stack"), .id("ticket"), .aria("labelledby", "ticket-title")) {
            el("h2", .id("ticket-title")) { language("Your order", "您的订单") }
            el("p", .class("muted small"), .flag("data-basket-empty")) {
                language("Choose how many of each dish you want.", "请选择每道菜的份数。")
            }
            el("ul", .class("lines"), .flag("data-basket-lines")) {}
            el("p", .class("total if-script")) {
                el("span") { language("Total", "合计") }
                el("output", .flag("data-basket-total")) { "¥0.00" }
            }
            el("p", .class("if-no-script muted small")) {
                language(
                    "The total is shown before you pay.", "支付前会显示合计金额。")
            }
            field("address", language("Deliver to", "送餐地址"), fault: faults.address) { attributes in
                el(
                    "textarea",
                    attributes + [
                        .attribute("rows", "3"), .attribute("autocomplete", "street-address"),
                        .attribute("required", ""),
                        .attribute("maxlength", "\(OrderDraft.addressBytesMax)"),
                    ]
                ) {
                    // The parser of browsers drops one line break behind the tag.
                    HTML("\n") + HTML(draft.address)
                }
            }
            el("button", .type("submit"), .class("main wide"), .id("place-order")) {
                language("Place order", "下单")
            }
            el("p", .class("muted small")) {
                language(
                    "You choose how to pay in the next step.", "下一步选择支付方式。")
            }
        }
    }
}
