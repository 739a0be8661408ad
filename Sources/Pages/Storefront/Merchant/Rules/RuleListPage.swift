import HTMLMarkup
import OrderStoreAPI
import PaymentGatewayAPI
import SupplierRulesAPI
import WebPages

/// All suppliers with what each offers and why.
struct RuleListPage {
    let request: PageRequest
    let rules: [SupplierRecord]
    let methods: [PaymentMethodRecord]
    let catalogue: [CatalogueSupplier]

    private var language: Language { request.language }

    var page: Page {
        Page(Shop.face, language("Payment rules", "支付规则"), section: ShopPaths.merchant) {
            el("div", .class("head")) { el("h1") { language("Payment rules", "支付规则") } }
            MerchantTabs(language: language, current: ShopPaths.rules).tabs
            el("p", .class("lede")) {
                language(
                    "Which ways to pay are on offer for whose orders. A rule set here goes before those of "
                        + "the files, from the next order on.",
                    "每家餐厅可用的支付方式。此处设置的规则优先于文件规则，从下一单起生效。")
            }
            el("section", .class("card flush")) {
                if rows.isEmpty {
                    emptyState(
                        language("No rules yet", "还没有规则"),
                        language(
                            "Without a rule that matches, orders fail: add one to supplier-rules.d.",
                            "没有匹配的规则时订单会失败，请在 supplier-rules.d 中添加。"))
                } else {
                    el("ul", .class("rules")) { for row in rows { item(row) } }
                }
            }
        }
    }

    private struct Row {
        let supplier: String
        let name: String
        let rule: SupplierRecord?
    }

    /// Those of the catalogue first, then those that only rules name; `*` stands for everyone else.
    private var rows: [Row] {
        let byName = Dictionary(rules.map { ($0.supplier, $0) }) { first, _ in first }
        let everyone = byName["*"]
        let sold = catalogue.map { supplier in
            Row(
                supplier: supplier.supplier, name: supplier.name(language),
                rule: byName[supplier.supplier] ?? everyone)
        }
        let others = rules.filter { rule in !catalogue.contains { $0.supplier == rule.supplier } }
            .map { rule in
                Row(
                    supplier: rule.supplier,
                    name: rule.supplier == "*" ? language("Everyone else", "其他所有餐厅") : rule.supplier,
                    rule: rule)
            }
        return sold + others
    }

    private func item(_ row: Row) -> HTML {
        el("li", .data("supplier", row.supplier)) {
            el("div", .class("rule-who")) {
                el("strong") { row.name }
                el("span", .class("small muted")) { source(row.rule) }
            }
            el("div", .class("chips")) {
                if let rule = row.rule {
                    for method in rule.paymentMethods {
                        el("span", .class("badge plain")) { label(method) }
                    }
                } else {
                    badge(language("No rule: orders fail", "无规则：订单会失败"), .bad)
                }
            }
            // Patterns are for files only.
            if !row.supplier.contains(where: { "*?".contains($0) }) {
                el("a", .class("button small"), .href(ShopPaths.rules(of: row.supplier))) {
                    language("Change", "修改")
                    el("span", .class("visually-hidden")) { " \(row.name)" }
                }
            }
        }
    }

    private func source(_ rule: SupplierRecord?) -> String {
        guard let rule else { return "" }
        return rule.source == RuleSource.database
            ? language("set here", "在此设置") : "\(rule.rule) · \(rule.source)"
    }

    private func label(_ method: String) -> String {
        methods.first { $0.paymentMethod == method }.map { language($0.labelEn, $0.labelZh) } ?? method
    }
}

/// Where a rule comes from, as supplier-rules says it.
enum RuleSource {
    static let database = "database"
}
