import HTMLMarkup
import OrderStoreAPI
import SupplierRulesAPI
import WebPages

/// What a change of a rule would do, with the button that makes it.
struct RulePreviewPanel {
    let request: PageRequest
    let supplier: String
    let preview: RulePreview
    let label: (String) -> String

    private var language: Language { request.language }
    private var effect: PreviewSupplierRule.Result { preview.effect }
    private var changesNothing: Bool { effect.added.isEmpty && effect.removed.isEmpty }

    var panel: HTML {
        el("section", .class("card stack"), .id("rule-preview"), .aria("labelledby", "preview-title")) {
            el("h2", .id("preview-title")) { language("What the change does", "变更影响") }
            el("div", .class("compare")) {
                side(language("Now", "现在"), effect.now, marked: effect.removed, as: .bad)
                side(language("After", "之后"), effect.after, marked: effect.added, as: .good)
            }
            if changesNothing {
                el("p") { language("The offer stays the same.", "可用支付方式不变。") }
            } else {
                el("p") { sentence }
            }
            if effect.after.paymentMethods.isEmpty {
                notice(.bad) {
                    el("p") { language("Then no rule matches and orders fail.", "此后没有匹配的规则，订单会失败。") }
                }
            }
            orders
            save
        }
    }

    private func side(
        _ title: String, _ offer: SupplierOffer, marked: [String], as tone: Tone
    ) -> HTML {
        el("div", .class("stack tight")) {
            el("h3") { title }
            el("p", .class("chips")) {
                if offer.paymentMethods.isEmpty { el("span", .class("muted")) { language("Nothing", "无") } }
                for method in offer.paymentMethods {
                    el("span", .class("badge plain", marked.contains(method) ? tone.rawValue : nil)) {
                        label(method)
                    }
                }
            }
            el("p", .class("small muted")) {
                offer.source == RuleSource.database
                    ? language("set here", "在此设置")
                    : offer.rule.isEmpty ? language("no rule", "无规则") : "\(offer.rule) · \(offer.source)"
            }
        }
    }

    private var sentence: String {
        let added = effect.added.map(label).joined(separator: ", ")
        let removed = effect.removed.map(label).joined(separator: ", ")
        return [
            added.isEmpty ? nil : language("Added: \(added).", "新增：\(added)。"),
            removed.isEmpty ? nil : language("Taken away: \(removed).", "移除：\(removed)。"),
        ].compactMap(\.self).joined(separator: " ")
    }

    @HTMLBuilder private var orders: HTML {
        affected(
            preview.waiting, preview.counts[.submitted] ?? 0,
            language("Open orders that get the new offer", "将使用新规则的未完成订单"),
            language("None waits for its offer just now.", "目前没有等待中的订单。"))
        affected(
            preview.choosing, preview.counts[.awaitingPayment] ?? 0,
            language("Open orders that keep what they were offered", "保持原支付方式的未完成订单"),
            language("Nobody is choosing how to pay just now.", "目前没有待支付的订单。"))
    }

    private func affected(_ orders: [OrderRecord], _ count: Int64, _ title: String, _ none: String) -> HTML {
        el("div", .class("stack tight")) {
            el("h3") { "\(title): \(count)" }
            if orders.isEmpty { el("p", .class("small muted")) { none } }
            el("p", .class("chips")) {
                for order in orders {
                    el("a", .class("chip mono"), .href(ShopPaths.merchant(order: order.orderNum))) {
                        order.orderNum
                    }
                }
            }
        }
    }

    @HTMLBuilder private var save: HTML {
        if request.visitor.may(.admin) {
            request.form(ShopPaths.rules(of: supplier), .class("row"), .flag("data-once")) {
                if let methods = preview.change.methods {
                    void("input", .type("hidden"), .name("change"), .value("set"))
                    for method in methods {
                        void("input", .type("hidden"), .name("method"), .value(method))
                    }
                } else {
                    void("input", .type("hidden"), .name("change"), .value("unset"))
                }
                el("button", .type("submit"), .class("main"), .id("save-rule")) {
                    preview.change.methods == nil
                        ? language("Restore the files' rule", "恢复文件规则") : language("Save this rule", "保存规则")
                }
                el("a", .class("button"), .href(ShopPaths.rules(of: supplier))) { language("Discard", "放弃") }
            }
        } else {
            el("p", .class("muted small")) {
                language("Saving needs a key with the role admin.", "保存需要 admin 角色的密钥。")
            }
        }
    }
}
