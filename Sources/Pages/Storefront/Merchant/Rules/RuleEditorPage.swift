import HTMLMarkup
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import SupplierRulesAPI
import WebPages

/// One supplier's rule: what is on offer, boxes to change it, and the change's effect before it is saved.
struct RuleEditorPage {
    let request: PageRequest
    let supplier: String
    let name: CatalogueSupplier?
    let rule: SupplierRecord?
    let methods: [PaymentMethodRecord]
    /// What was asked to be shown; nil: what is on offer now.
    var checked: [String]?
    var isSaved = false
    private var preview: RulePreview?
    private var fault: String?

    init(
        request: PageRequest, supplier: String, name: CatalogueSupplier?, rule: SupplierRecord?,
        methods: [PaymentMethodRecord]
    ) {
        self.request = request
        self.supplier = supplier
        self.name = name
        self.rule = rule
        self.methods = methods
    }

    private var language: Language { request.language }

    mutating func show(_ outcome: Result<RulePreview, RPCFailure>) {
        switch outcome {
        case .success(let preview): self.preview = preview
        case .failure(let failure):
            fault =
                checked?.isEmpty == true
                ? language("Choose at least one way to pay.", "请至少选择一种支付方式。")
                : failure.answer?.message ?? "\(failure)"
        }
    }

    var page: Page {
        let title = name?.name(language) ?? supplier
        return Page(Shop.face, title, section: ShopPaths.merchant) {
            el("nav", .class("crumbs"), .aria("label", language("Where you are", "当前位置"))) {
                el("a", .href(ShopPaths.rules)) { language("Payment rules", "支付规则") }
                el("span") { title }
            }
            el("h1") { title }
            if isSaved {
                notice(.good) {
                    el("p") { language("Saved. It is in force for the next order.", "已保存，从下一单起生效。") }
                }
            }
            now
            editor
            if let preview {
                RulePreviewPanel(request: request, supplier: supplier, preview: preview, label: label).panel
            }
        }
    }

    private var now: HTML {
        el("section", .class("card stack tight")) {
            el("h2") { language("On offer now", "当前可用") }
            if let rule {
                el("p", .class("chips")) {
                    for method in rule.paymentMethods {
                        el("span", .class("badge plain")) { label(method) }
                    }
                }
                el("p", .class("small muted")) {
                    rule.source == RuleSource.database
                        ? language("Set here", "在此设置")
                            + (rule.shadows.map { language("; without it: ", "；否则由此决定：") + $0 } ?? "")
                        : language("By the rule ", "规则 ") + "\(rule.rule) · \(rule.source)"
                }
            } else {
                el("p") {
                    language(
                        "No rule matches, so orders of this supplier fail.", "没有匹配的规则，该餐厅的订单会失败。")
                }
            }
        }
    }

    private var editor: HTML {
        el(
            "form", .attribute("method", "get"), .action(ShopPaths.rules(of: supplier)),
            .class("card stack"), .id("rule-form")
        ) {
            void("input", .type("hidden"), .name("preview"), .value("set"))
            el("fieldset", .aria("describedby", fault == nil ? nil : "rule-fault")) {
                el("legend") { language("What shall be on offer", "设置可用的支付方式") }
                el("div", .class("boxes")) { for method in choices { box(method) } }
            }
            if let fault { el("p", .class("fault"), .id("rule-fault"), .role("alert")) { fault } }
            el("div", .class("row")) {
                el("button", .type("submit"), .class("main"), .id("preview-rule")) {
                    language("Preview the change", "预览变更")
                }
                if rule?.source == RuleSource.database {
                    el(
                        "a", .class("button"), .id("preview-unset"),
                        .href(ShopPaths.rules(of: supplier) + "?preview=unset")
                    ) { language("Back to the rule of the files", "恢复文件规则") }
                }
            }
        }
    }

    /// What the gateway charges by, and whatever else is or was asked to be on offer.
    private var choices: [String] {
        var names = methods.map(\.paymentMethod)
        for method in (rule?.paymentMethods ?? []) + (checked ?? []) where !names.contains(method) {
            names.append(method)
        }
        return names
    }

    private func box(_ method: String) -> HTML {
        let known = methods.first { $0.paymentMethod == method }
        let isChecked = (checked ?? rule?.paymentMethods ?? []).contains(method)
        return el("label", .class("box")) {
            void(
                "input", .type("checkbox"), .name("method"), .value(method), .flag("checked", when: isChecked)
            )
            el("span", .class("box-words")) {
                el("strong") { label(method) }
                el("span", .class("small muted")) {
                    if let known {
                        known.percentOff.isPositive
                            ? language("\(known.percentOff)% off", "立减 \(known.percentOff)%")
                            : language("no discount", "无优惠")
                    } else {
                        language("the gateway does not charge by it", "支付网关不支持")
                    }
                }
            }
        }
    }

    private func label(_ method: String) -> String {
        methods.first { $0.paymentMethod == method }.map { language($0.labelEn, $0.labelZh) } ?? method
    }
}
