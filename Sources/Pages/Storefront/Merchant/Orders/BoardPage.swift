import HTMLMarkup
import OrderStoreAPI
import Primitives
import WebPages

/// Orders by state: how many, how much, and the newest of each.
struct BoardPage {
    enum Content {
        case columns([OrderStatus: [OrderRecord]])
        case list(ListOrders.Result)
    }

    let request: PageRequest
    let filter: BoardFilter
    let summary: SummarizeOrders.Result
    let suppliers: [CatalogueSupplier]
    let content: Content

    private var language: Language { request.language }

    var page: Page {
        Page(
            Shop.face, language("Orders", "订单"), section: ShopPaths.merchant,
            events: filter.page == nil ? ShopPaths.merchant + "/events" : nil, isWide: true
        ) {
            el("div", .class("head")) {
                el("h1") { language("Orders", "订单") }
                el("span", .class("live if-script")) { language("Live", "实时") }
                searchForm
            }
            MerchantTabs(language: language, current: ShopPaths.merchant).tabs
            filters
            el("div", .id("board"), .flag("data-part"), .class("stack")) {
                switch content {
                case .columns(let columns): board(columns)
                case .list(let result):
                    tiles
                    list(result)
                }
            }
        }
    }

    private var searchForm: HTML {
        el("form", .attribute("method", "get"), .action(ShopPaths.merchant), .class("find"), .role("search"))
        {
            el("label", .class("visually-hidden"), .for("q")) { language("Search orders", "搜索订单") }
            void(
                "input", .id("q"), .name("q"), .type("search"), .value(filter.search), .flag("data-search"),
                .attribute("maxlength", "200"),
                .attribute("placeholder", language("Number, dish, address", "订单号、菜品、地址")))
            if !filter.supplier.isEmpty {
                void("input", .type("hidden"), .name("supplier"), .value(filter.supplier))
            }
            if let status = filter.status {
                void("input", .type("hidden"), .name("status"), .value(status.rawValue))
            }
            el("button", .type("submit")) { language("Search", "搜索") }
        }
    }

    private var filters: HTML {
        el("div", .class("row apart")) {
            el("nav", .class("chips"), .aria("label", language("Restaurant", "餐厅"))) {
                chip(language("All", "全部"), filter.with { $0.supplier = "" }, filter.supplier.isEmpty)
                for supplier in suppliers {
                    chip(
                        supplier.name(language), filter.with { $0.supplier = supplier.supplier },
                        filter.supplier == supplier.supplier)
                }
            }
            el("nav", .class("chips"), .aria("label", language("Counted period", "统计时段"))) {
                for period in BoardFilter.Period.allCases {
                    chip(period.name(language), filter.with { $0.period = period }, filter.period == period)
                }
            }
        }
    }

    private func chip(_ name: String, _ target: BoardFilter, _ isCurrent: Bool) -> HTML {
        el("a", .class("chip"), .href(target.path), .aria("current", isCurrent ? "true" : nil)) { name }
    }

    private var tiles: HTML {
        el("ul", .class("tiles"), .aria("label", language("Counts and totals", "数量与金额"))) {
            for sum in summary.sums { el("li") { tile(sum) } }
        }
    }

    /// A tile is the way to its list, and back to the board.
    private func tile(_ sum: OrderSum) -> HTML {
        let isCurrent = filter.status == sum.status
        return el(
            "a", .class("card tile"), .data("status", sum.status.rawValue),
            .href(filter.with { $0.status = isCurrent ? nil : sum.status }.path),
            .aria("current", isCurrent ? "true" : nil)
        ) {
            OrderWords.mark(sum.status, language)
            el("span", .class("value")) { "\(sum.count)" }
            el("span", .class("sum")) {
                language("ordered ", "下单 ")
                el("span", .data("sum", "total")) { Money.text(sum.total) }
            }
            if !sum.charged.isZero {
                el("span", .class("sum")) {
                    language("charged ", "实收 ")
                    el("span", .data("sum", "charged")) { Money.text(sum.charged) }
                }
            }
        }
    }

    private func board(_ columns: [OrderStatus: [OrderRecord]]) -> HTML {
        if columns.values.allSatisfy(\.isEmpty) { return el("section", .class("card")) { nothing } }
        return el("div", .class("columns")) {
            for sum in summary.sums {
                el("section", .class("column"), .aria("label", OrderWords.name(sum.status, language))) {
                    tile(sum)
                    for order in columns[sum.status] ?? [] { card(order) }
                }
            }
        }
    }

    private func card(_ order: OrderRecord) -> HTML {
        el(
            "a", .class("card order-card"), .href(ShopPaths.merchant(order: order.orderNum)),
            .data("order", order.orderNum)
        ) {
            el("span", .class("order-head")) {
                el("strong") { (order.price ?? order.total).map(Money.text) ?? "–" }
                el("span", .class("small muted nowrap")) {
                    moment(Timestamp(rfc3339: order.submittedTime), now: request.now, language)
                }
            }
            el("span", .class("small order-what")) { order.contents(language) }
            el("span", .class("small muted")) { name(of: order.supplier) }
            el("span", .class("mono muted order-number")) { order.orderNum }
        }
    }

    @HTMLBuilder private func list(_ result: ListOrders.Result) -> HTML {
        el("section", .class("card flush")) {
            if result.orders.isEmpty { nothing } else { table(result.orders) }
            if filter.page != nil || result.nextToken != nil {
                el("nav", .class("pages"), .aria("label", language("Pages", "分页"))) {
                    if filter.page != nil {
                        el("a", .class("button small"), .href(filter.with { _ in }.path)) {
                            language("Newest", "最新")
                        }
                    }
                    if let next = result.nextToken {
                        el("a", .class("button small"), .href(filter.with { $0.page = next }.path)) {
                            language("Older", "更早")
                        }
                    }
                }
            }
        }
    }

    private func table(_ orders: [OrderRecord]) -> HTML {
        el("div", .class("scroll")) {
            el("table", .class("orders")) {
                el("thead") {
                    el("tr") {
                        for name in [
                            language("Order", "订单"), language("Restaurant", "餐厅"), language("What", "内容"),
                            language("State", "状态"),
                        ] { el("th", .attribute("scope", "col")) { name } }
                        el("th", .class("end"), .attribute("scope", "col")) { language("Total", "合计") }
                        el("th", .class("end"), .attribute("scope", "col")) { language("Charged", "实收") }
                        el("th", .attribute("scope", "col")) { language("Ordered", "下单时间") }
                    }
                }
                el("tbody") { for order in orders { row(order) } }
            }
        }
    }

    private func row(_ order: OrderRecord) -> HTML {
        el("tr") {
            el("td") {
                el("a", .class("mono number"), .href(ShopPaths.merchant(order: order.orderNum))) {
                    order.orderNum
                }
            }
            el("td") { name(of: order.supplier) }
            el("td", .class("what")) { order.contents(language) }
            el("td") { OrderWords.mark(order.status, language) }
            el("td", .class("end nowrap")) { order.total.map(Money.text) ?? "–" }
            el("td", .class("end nowrap")) { order.price.map(Money.text) ?? "–" }
            el("td", .class("nowrap")) {
                moment(Timestamp(rfc3339: order.submittedTime), now: request.now, language)
            }
        }
    }

    private var nothing: HTML {
        filter == BoardFilter()
            ? emptyState(
                language("No orders yet", "还没有订单"),
                language("Orders show up here by themselves as they are placed.", "有新订单时会自动显示。"))
            : emptyState(
                language("No order fits", "没有符合条件的订单"),
                language("Try other words, another state, or all restaurants.", "请更换关键词、状态或餐厅。")
            ) { el("a", .class("button"), .href(ShopPaths.merchant)) { language("Show all", "查看全部") } }
    }

    private func name(of supplier: String) -> String {
        suppliers.first { $0.supplier == supplier }?.name(language) ?? supplier
    }
}
