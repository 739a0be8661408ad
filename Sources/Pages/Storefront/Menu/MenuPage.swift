import HTMLMarkup
import OrderStoreAPI
import Primitives
import WebPages

/// The menu of one restaurant with the form that orders from it; the others are a click away.
struct MenuPage {
    let request: PageRequest
    let suppliers: [CatalogueSupplier]
    let draft: OrderDraft
    var faults = DraftFaults()

    var language: Language { request.language }
    private var chosen: CatalogueSupplier? { suppliers.first { $0.supplier == draft.supplier } }

    var page: Page {
        let title = language("What would you like?", "想吃点什么？")
        return Page(Shop.face, title, section: ShopPaths.menu) {
            el("div", .class("head")) {
                el("h1") { title }
                findForm
            }
            if suppliers.isEmpty {
                el("section", .class("card")) {
                    emptyState(
                        language("Nothing is on the menu yet", "菜单还是空的"),
                        language(
                            "As soon as the merchant puts dishes into the catalogue, they are shown here.",
                            "商家添加菜品后会显示在这里。"))
                }
            } else {
                kitchens
                notices
                if let chosen { orderForm(chosen) } else { chooseFirst }
            }
        }
    }

    /// For who has the number of an order and no link to it.
    private var findForm: HTML {
        el(
            "form", .attribute("method", "get"), .action(ShopPaths.orders), .class("find"),
            .role("search")
        ) {
            el("label", .class("visually-hidden"), .for("find-number")) { language("Order number", "订单号") }
            void(
                "input", .id("find-number"), .name("number"), .attribute("required", ""),
                .attribute("maxlength", "\(OrderNumber.charactersMax)"), .attribute("autocomplete", "off"),
                .attribute("placeholder", language("Order number", "订单号")))
            el("button", .type("submit")) { language("Find order", "查订单") }
        }
    }

    private var kitchens: HTML {
        el("nav", .class("kitchens"), .aria("label", language("Restaurants", "餐厅"))) {
            for supplier in suppliers { kitchen(supplier) }
        }
    }

    private func kitchen(_ supplier: CatalogueSupplier) -> HTML {
        let products = supplier.products.filter(\.available)
        let isChosen = supplier.supplier == draft.supplier
        return el(
            "a", .class("kitchen"), .href(ShopPaths.menu(of: supplier.supplier)),
            .data("supplier", supplier.supplier), .aria("current", isChosen ? "true" : nil)
        ) {
            ProductDrawing.tile(products.first?.picture ?? .dish, "small")
            el("span", .class("kitchen-name")) {
                el("strong") { supplier.name(language) }
                el("span", .class("muted small")) {
                    language(
                        products.count == 1 ? "1 dish" : "\(products.count) dishes", "\(products.count) 道菜")
                }
            }
        }
    }

    private var chooseFirst: HTML {
        el("section", .class("card")) {
            emptyState(
                language("Choose a restaurant", "请选择餐厅"),
                language("The one you had chosen is not on the menu any more.", "您选的餐厅已下架。"))
        }
    }

    @HTMLBuilder private var notices: HTML {
        if let general = faults.general { notice(.bad) { el("p") { general } } }
        if let placed = faults.placed {
            notice(.wait) {
                el("p") {
                    language(
                        "From this form an order was placed already, with other dishes or another address. ",
                        "此表单已下过一单，但菜品或地址不同。")
                    el("a", .href(ShopPaths.order(placed)), .id("placed-order")) {
                        language("See that order", "查看该订单")
                    }
                    language(". Or place this one as well.", "，或继续提交新订单。")
                }
            }
        }
    }

    private func orderForm(_ supplier: CatalogueSupplier) -> HTML {
        request.form(
            ShopPaths.orders, .id("order-form"), .class("basket"), .flag("data-once"),
            .flag("data-basket"), .flag("novalidate")
        ) {
            void("input", .type("hidden"), .name("order"), .value(draft.number))
            void("input", .type("hidden"), .name("supplier"), .value(supplier.supplier))
            el("section", .aria("labelledby", "dishes-title"), .class("stack")) {
                el("h2", .id("dishes-title")) { supplier.name(language) }
                if let fault = faults.items {
                    el("p", .class("fault"), .id("items-fault"), .role("alert")) { fault }
                }
                el("ul", .class("dishes")) {
                    for product in supplier.products where product.available { dish(product) }
                }
            }
            TicketForm(language: language, draft: draft, faults: faults).card
            checkout
        }
    }

    /// On a phone the form ends far below: the total stays in sight.
    private var checkout: HTML {
        el("p", .class("checkout if-script")) {
            el("strong") {
                el("span", .flag("data-basket-count")) { "0" }
                " · "
                el("span", .flag("data-basket-total")) { "¥0.00" }
            }
            el("a", .class("button main"), .href("#ticket")) { language("To the order", "去下单") }
        }
    }

    private func dish(_ product: ProductRecord) -> HTML {
        let id = "q-\(product.product)"
        let fault = faults.quantities[product.product]
        return el("li", .class("dish card"), .data("product", product.product)) {
            ProductDrawing.tile(product.picture)
            el("label", .for(id), .class("dish-name")) { product.name(language) }
            el("div", .class("stepper")) {
                el("span", .class("price")) { Money.text(product.price) }
                step(id, by: "-1", "−", language("One less: ", "减少：") + product.name(language))
                void(
                    "input", .id(id), .name("q.\(product.product)"), .type("number"), .attribute("min", "0"),
                    .attribute("max", "\(OrderDraft.quantityMax)"), .attribute("inputmode", "numeric"),
                    .attribute("placeholder", "0"), .value(draft.typed[product.product]),
                    .data("price", product.price.description), .data("name", product.name(language)),
                    .attribute("autocomplete", "off"), .aria("invalid", fault == nil ? nil : "true"),
                    .aria("describedby", fault == nil ? nil : "\(id)-fault"))
                step(id, by: "1", "+", language("One more: ", "增加：") + product.name(language))
            }
            if let fault { el("p", .class("fault"), .id("\(id)-fault")) { fault } }
            void(
                "input", .type("hidden"), .name("p.\(product.product)"), .value(product.price.description))
        }
    }

    private func step(_ id: String, by amount: String, _ sign: String, _ label: String) -> HTML {
        el(
            "button", .type("button"), .class("if-script step"), .data("step", amount), .data("for", id),
            .aria("label", label)
        ) { sign }
    }
}
