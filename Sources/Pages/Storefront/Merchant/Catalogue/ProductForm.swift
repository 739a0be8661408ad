import HTMLMarkup
import OrderStoreAPI
import WebPages

/// The form that puts a dish into the catalogue or changes it.
struct ProductForm {
    let request: PageRequest
    let supplier: CatalogueSupplier
    let draft: ProductDraft
    /// As it is in the catalogue; nil when it is added.
    var known: ProductRecord?
    var faults: [String: String] = [:]

    private var language: Language { request.language }

    private var place: String {
        known.map { ShopPaths.product($0.product, of: supplier.supplier) }
            ?? ShopPaths.products(of: supplier.supplier)
    }

    var page: Page {
        let title = known.map { $0.name(language) } ?? language("A new dish", "新菜品")
        return Page(Shop.face, title, section: ShopPaths.merchant) {
            el("nav", .class("crumbs"), .aria("label", language("Where you are", "当前位置"))) {
                el("a", .href(ShopPaths.products)) { language("Catalogue", "菜单管理") }
                el("span") { supplier.name(language) }
            }
            el("h1") { title }
            if let general = faults[""] { notice(.bad) { el("p") { general } } }
            request.form(place, .class("card stack narrow"), .flag("data-once"), .flag("novalidate")) {
                fields
                pictures
                el("label", .class("box")) {
                    void(
                        "input", .type("checkbox"), .name("available"), .value("yes"),
                        .flag("checked", when: draft.isAvailable))
                    el("span") { language("Buyers can order it now", "买家现在可以点") }
                }
                el("div", .class("row")) {
                    el("button", .type("submit"), .class("main"), .id("save-product")) {
                        language("Save", "保存")
                    }
                    el("a", .class("button"), .href(ShopPaths.products)) { language("Discard", "放弃") }
                }
            }
            if let known { removal(known) }
        }
    }

    @HTMLBuilder private var fields: HTML {
        if known == nil {
            text("product", language("Id", "编号"), draft.product, hint: CatalogueName.rule(language))
        }
        text("nameEn", language("Name in English", "英文名"), draft.nameEn)
        text("nameZh", language("Name in Chinese", "中文名"), draft.nameZh)
        text(
            "price", language("Price of one piece", "单价"), draft.price,
            hint: language("Orders keep the price they were placed with.", "已下的订单保持原价。"))
    }

    private func text(_ id: String, _ label: String, _ value: String, hint: String? = nil) -> HTML {
        field(id, label, hint: hint, fault: faults[id]) { attributes in
            void(
                "input",
                attributes + [
                    .value(value), .attribute("autocomplete", "off"),
                    .attribute("inputmode", id == "price" ? "decimal" : nil),
                ])
        }
    }

    private var pictures: HTML {
        el("fieldset") {
            el("legend") { language("Picture", "图片") }
            el("div", .class("pictures")) {
                for picture in ProductPicture.allCases {
                    el("label", .class("picture-choice")) {
                        void(
                            "input", .type("radio"), .name("picture"), .value(picture.rawValue),
                            .flag("checked", when: picture == draft.picture))
                        ProductDrawing.tile(picture, "small")
                        el("span", .class("small")) { picture.name(language) }
                    }
                }
            }
        }
    }

    private func removal(_ known: ProductRecord) -> HTML {
        request.form(
            place + "/remove", .class("row"), .flag("data-once"),
            .data("confirm", language("Take this dish out of the catalogue?", "确定从菜单中删除这道菜吗？"))
        ) {
            el("button", .type("submit"), .class("danger"), .id("remove-product")) {
                language("Take it out of the catalogue", "从菜单删除")
            }
            el("span", .class("small muted")) {
                language("Orders that have it keep it.", "已有订单不受影响。")
            }
        }
    }
}
