import HTMLMarkup
import WebPages

/// The three parts of the merchant's side.
struct MerchantTabs {
    let language: Language
    let current: String

    var tabs: HTML {
        el("nav", .class("tabs"), .aria("label", language("Merchant", "商家"))) {
            tab(ShopPaths.merchant, language("Orders", "订单"))
            tab(ShopPaths.products, language("Catalogue", "菜单管理"))
            tab(ShopPaths.rules, language("Payment rules", "支付规则"))
        }
    }

    private func tab(_ path: String, _ name: String) -> HTML {
        el("a", .href(path), .aria("current", path == current ? "page" : nil)) { name }
    }
}
