import HTMLMarkup
import OrderStoreAPI
import RPCProtocol
import WebPages

/// The forms that put a restaurant into the catalogue, rename it and take it out.
struct SupplierForms: Sendable {
    let services: PageServices

    var routes: [PageRoute] {
        [
            .get(ShopPaths.suppliers, needs: .admin) { .page(form($0, Draft()).page) },
            .post(ShopPaths.suppliers, needs: .admin) { try await save($0, known: nil) },
            .get(ShopPaths.suppliers + "/{supplier}", needs: .admin) { request in
                let known = try await supplier(request)
                return .page(form(request, Draft(of: known), known: known).page)
            },
            .post(ShopPaths.suppliers + "/{supplier}", needs: .admin) { request in
                try await save(request, known: try await supplier(request))
            },
            .post(ShopPaths.suppliers + "/{supplier}/remove", needs: .admin) { try await remove($0) },
        ]
    }

    struct Draft: Sendable {
        var supplier = ""
        var nameEn = ""
        var nameZh = ""

        init() {}

        init(of known: CatalogueSupplier) {
            supplier = known.supplier
            nameEn = known.nameEn
            nameZh = known.nameZh
        }

        init(_ request: PageRequest) {
            supplier = request.field("supplier")
            nameEn = request.field("nameEn")
            nameZh = request.field("nameZh")
        }
    }

    private func form(
        _ request: PageRequest, _ draft: Draft, known: CatalogueSupplier? = nil,
        faults: [String: String] = [:]
    ) -> SupplierForm {
        SupplierForm(request: request, draft: draft, known: known, faults: faults)
    }

    private func named(_ name: String, _ request: PageRequest) async throws -> CatalogueSupplier? {
        try await services.orders.call(
            ListCatalogue.self, .with { $0.supplier = name }, as: request.visitor.role
        ).suppliers.first
    }

    private func supplier(_ request: PageRequest) async throws -> CatalogueSupplier {
        guard let supplier = try await named(request["supplier"], request) else {
            throw Problem.notFound(
                request.language("The catalogue has no such restaurant.", "菜单中没有这家餐厅。"), request.language)
        }
        return supplier
    }

    private func save(_ request: PageRequest, known: CatalogueSupplier?) async throws -> PageAnswer {
        var draft = Draft(request)
        if let known { draft.supplier = known.supplier }
        let language = request.language
        var faults: [String: String] = [:]
        if !CatalogueName.isOne(draft.supplier) {
            faults["supplier"] = CatalogueName.rule(language)
        } else if known == nil, try await named(draft.supplier, request) != nil {
            faults["supplier"] = language("There is a restaurant with this id already.", "该编号已被使用。")
        }
        faults["nameEn"] = CatalogueName.fault(inTitle: draft.nameEn, language)
        faults["nameZh"] = CatalogueName.fault(inTitle: draft.nameZh, language)
        if faults.isEmpty {
            do throws(RPCFailure) {
                let wanted = draft
                _ = try await services.orders.call(
                    SetCatalogueSupplier.self,
                    .with {
                        $0.supplier = wanted.supplier
                        $0.nameEn = wanted.nameEn
                        $0.nameZh = wanted.nameZh
                    }, as: request.visitor.role)
                return .seeOther(ShopPaths.products + "#\(draft.supplier)")
            } catch {
                faults = try CataloguePages.faults(of: error)
            }
        }
        var page = form(request, draft, known: known, faults: faults).page
        page.status = 422
        return .page(page)
    }

    private func remove(_ request: PageRequest) async throws -> PageAnswer {
        let name = request["supplier"]
        _ = try await services.orders.call(
            RemoveCatalogueSupplier.self, .with { $0.supplier = name }, as: request.visitor.role)
        return .seeOther(ShopPaths.products)
    }
}

/// One form for a new restaurant and for one that is there.
struct SupplierForm {
    let request: PageRequest
    let draft: SupplierForms.Draft
    let known: CatalogueSupplier?
    let faults: [String: String]

    private var language: Language { request.language }

    private var place: String { known.map { ShopPaths.supplier($0.supplier) } ?? ShopPaths.suppliers }

    var page: Page {
        let title = known.map { $0.name(language) } ?? language("A new restaurant", "新餐厅")
        return Page(Shop.face, title, section: ShopPaths.merchant) {
            el("nav", .class("crumbs"), .aria("label", language("Where you are", "当前位置"))) {
                el("a", .href(ShopPaths.products)) { language("Catalogue", "菜单管理") }
                el("span") { title }
            }
            el("h1") { title }
            if let general = faults[""] { notice(.bad) { el("p") { general } } }
            request.form(place, .class("card stack narrow"), .flag("data-once"), .flag("novalidate")) {
                if known == nil {
                    text(
                        "supplier", language("Id", "编号"), draft.supplier,
                        hint: language(
                            "As the payment rules name it. ", "与支付规则中的名称一致。") + CatalogueName.rule(language))
                }
                text("nameEn", language("Name in English", "英文名"), draft.nameEn)
                text("nameZh", language("Name in Chinese", "中文名"), draft.nameZh)
                el("div", .class("row")) {
                    el("button", .type("submit"), .class("main"), .id("save-supplier")) {
                        language("Save", "保存")
                    }
                    el("a", .class("button"), .href(ShopPaths.products)) { language("Discard", "放弃") }
                }
            }
            if let known { removal(known) }
        }
    }

    private func text(_ id: String, _ label: String, _ value: String, hint: String? = nil) -> HTML {
        field(id, label, hint: hint, fault: faults[id]) { attributes in
            void("input", attributes + [.value(value), .attribute("autocomplete", "off")])
        }
    }

    private func removal(_ known: CatalogueSupplier) -> HTML {
        request.form(
            place + "/remove", .class("row"), .flag("data-once"),
            .data(
                "confirm", language("Take this restaurant and all its dishes out?", "确定删除这家餐厅及其全部菜品吗？"))
        ) {
            el("button", .type("submit"), .class("danger"), .id("remove-supplier")) {
                language("Take it out with its dishes", "连同菜品一起删除")
            }
            el("span", .class("small muted")) {
                language("Orders keep what they were placed with.", "已有订单不受影响。")
            }
        }
    }
}
