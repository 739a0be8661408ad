import HTMLMarkup
import OrderStoreAPI
import WebPages

/// What is sold, as the merchant sees it: hidden dishes too.
struct CataloguePage {
    let request: PageRequest
    let suppliers: [CatalogueSupplier]

    private var language: Language { request.language }
    private var mayChange: Bool { request.visitor.may(.admin) }

    var page: Page {
        Page(Shop.face, language("Catalogue", "菜单管理"), section: ShopPaths.merchant) {
            el("div", .class("head")) {
                el("h1") { language("Catalogue", "菜单管理") }
                if mayChange {
                    el("a", .class("button"), .href(ShopPaths.suppliers), .id("add-supplier")) {
                        language("Add a restaurant", "添加餐厅")
                    }
                }
            }
            MerchantTabs(language: language, current: ShopPaths.products).tabs
            if !mayChange {
                el("p", .class("muted small")) {
                    language("Changing it needs a key with the role admin.", "修改需要 admin 角色的密钥。")
                }
            }
            if suppliers.isEmpty {
                el("section", .class("card")) {
                    emptyState(
                        language("The catalogue is empty", "菜单还是空的"),
                        language("Add a restaurant first, then its dishes.", "请先添加餐厅，再添加菜品。"))
                }
            }
            for supplier in suppliers { section(supplier) }
        }
    }

    private func section(_ supplier: CatalogueSupplier) -> HTML {
        el(
            "section", .class("card flush"), .id(supplier.supplier),
            .aria("labelledby", "title-\(supplier.supplier)")
        ) {
            el("div", .class("card-head row apart")) {
                el("div") {
                    el("h2", .id("title-\(supplier.supplier)")) { supplier.name(language) }
                    el("span", .class("mono small muted")) { supplier.supplier }
                }
                if mayChange { actions(supplier) }
            }
            if supplier.products.isEmpty {
                emptyState(
                    language("No dishes yet", "还没有菜品"),
                    language("Buyers see this restaurant as soon as it has one.", "添加菜品后买家才能看到。"))
            } else {
                el("ul", .class("rules")) { for product in supplier.products { row(product, supplier) } }
            }
        }
    }

    private func actions(_ supplier: CatalogueSupplier) -> HTML {
        el("div", .class("row")) {
            el("a", .class("button small"), .href(ShopPaths.supplier(supplier.supplier))) {
                language("Rename", "改名")
                el("span", .class("visually-hidden")) { " \(supplier.name(language))" }
            }
            el(
                "a", .class("button small main"), .href(ShopPaths.products(of: supplier.supplier)),
                .data("add", supplier.supplier)
            ) {
                language("Add a dish", "添加菜品")
                el("span", .class("visually-hidden")) { " · \(supplier.name(language))" }
            }
        }
    }

    private func row(_ product: ProductRecord, _ supplier: CatalogueSupplier) -> HTML {
        el("li", .class(product.available ? nil : "is-hidden"), .data("product", product.product)) {
            ProductDrawing.tile(product.picture, "small")
            el("div", .class("rule-who")) {
                el("strong") { product.name(language) }
                el("span", .class("small muted")) {
                    language(product.nameZh, product.nameEn) + " · "
                    el("span", .class("mono")) { product.product }
                }
            }
            if !product.available { badge(language("Hidden", "已下架"), .still) }
            el("span", .class("price")) { Money.text(product.price) }
            if mayChange { buttons(product, supplier) }
        }
    }

    private func buttons(_ product: ProductRecord, _ supplier: CatalogueSupplier) -> HTML {
        let place = ShopPaths.product(product.product, of: supplier.supplier)
        let name = product.name(language)
        return el("div", .class("row")) {
            request.form(place + "/available", .class("inline"), .flag("data-once")) {
                void(
                    "input", .type("hidden"), .name("available"), .value(product.available ? "no" : "yes"))
                el("button", .type("submit"), .class("small")) {
                    product.available ? language("Hide", "下架") : language("Show", "上架")
                    el("span", .class("visually-hidden")) { " \(name)" }
                }
            }
            el("a", .class("button small"), .href(place)) {
                language("Change", "修改")
                el("span", .class("visually-hidden")) { " \(name)" }
            }
        }
    }
}
