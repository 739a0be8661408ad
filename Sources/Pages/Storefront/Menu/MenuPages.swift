import HTTPMessage
import OrderStoreAPI
import Primitives
import RPCProtocol
import WebPages

/// The menu, and the order that is placed from it.
struct MenuPages: Sendable {
    let services: PageServices
    let world: any World

    var routes: [PageRoute] {
        [
            .get(ShopPaths.menu) { try await show($0) },
            .get(ShopPaths.orders) { find($0) },
            .post(ShopPaths.orders) { try await place($0) },
        ]
    }

    private func catalogue() async throws(RPCFailure) -> [CatalogueSupplier] {
        try await services.orders.call(ListCatalogue.self, .init(), as: nil).suppliers
            .filter { $0.products.contains(where: \.available) }
    }

    private func show(_ request: PageRequest) async throws -> PageAnswer {
        let suppliers = try await catalogue()
        let asked = request.asked("supplier")
        if !asked.isEmpty, !suppliers.contains(where: { $0.supplier == asked }) {
            throw Problem.notFound(
                request.language("This restaurant is not on the menu.", "没有这家餐厅。"), request.language)
        }
        let supplier = asked.isEmpty ? suppliers.first?.supplier ?? "" : asked
        let draft = OrderDraft(number: OrderNumber.make(from: world), supplier: supplier)
        return .page(MenuPage(request: request, suppliers: suppliers, draft: draft).page)
    }

    /// To an order whose number somebody has at hand.
    private func find(_ request: PageRequest) -> PageAnswer {
        let number = request.asked("number")
        return .seeOther(OrderNumber.isOne(number) ? ShopPaths.order(number) : ShopPaths.menu)
    }

    /// The number in the form makes a repeat the same order, however it comes about.
    private func place(_ request: PageRequest) async throws -> PageAnswer {
        var draft = OrderDraft(request)
        let suppliers = try await catalogue()
        let language = request.language
        guard OrderNumber.isOne(draft.number) else {
            draft.number = OrderNumber.make(from: world)
            return refuse(
                draft,
                DraftFaults(general: language("Please send the form once more.", "请重新提交一次。")),
                suppliers, request)
        }
        if let placed = try await placedBefore(draft) { return placed }
        let supplier = suppliers.first { $0.supplier == draft.supplier }
        switch draft.checked(against: supplier, language) {
        case .failure(let refusal): return refuse(draft, refusal.faults, suppliers, request)
        case .success(let params):
            do throws(RPCFailure) {
                let order = try await services.orders.call(SubmitOrder.self, params, as: nil)
                return .seeOther(ShopPaths.order(order.orderNum))
            } catch {
                let faults = try faults(of: error, &draft, language)
                return refuse(draft, faults, suppliers, request)
            }
        }
    }

    /// A repeat of what was placed is the same order, even when its dishes are off the menu or cost something
    /// else by now.
    private func placedBefore(_ draft: OrderDraft) async throws(RPCFailure) -> PageAnswer? {
        do throws(RPCFailure) {
            let order = try await services.orders.call(
                DescribeOrder.self, .with { $0.orderNum = draft.number }, as: nil)
            let wanted = draft.typed.compactMapValues(OrderDraft.quantity)
            let has = Dictionary(order.items.map { ($0.product, $0.quantity) }) { $0 + $1 }
            guard order.supplier == draft.supplier, order.address == draft.address, wanted == has else {
                return nil
            }
            return .seeOther(ShopPaths.order(order.orderNum))
        } catch {
            if error.answer?.name == .orderNotExists { return nil }
            throw error
        }
    }

    private func refuse(
        _ draft: OrderDraft, _ faults: DraftFaults, _ suppliers: [CatalogueSupplier], _ request: PageRequest
    ) -> PageAnswer {
        var page = MenuPage(request: request, suppliers: suppliers, draft: draft, faults: faults).page
        page.status = 422
        return .page(page)
    }

    /// What order-store refused, at the field that it is about. Throws: what no field can mend.
    private func faults(
        of failure: RPCFailure, _ draft: inout OrderDraft, _ language: Language
    ) throws(RPCFailure) -> DraftFaults {
        guard let error = failure.answer else { throw failure }
        var faults = DraftFaults()
        switch error.name {
        case .orderConflict:
            faults.placed = draft.number
            draft.number = OrderNumber.make(from: world)
        case .priceMismatch: faults.general = Self.pricesChanged(language)
        case .invalidOrder:
            let path = error.details["path"]?.stringValue ?? ""
            switch path {
            case "total": faults.general = Self.pricesChanged(language)
            case "address": faults.address = error.message
            default: faults.items = error.message
            }
        default: throw failure
        }
        return faults
    }

    private static func pricesChanged(_ language: Language) -> String {
        language(
            "Prices have changed since you opened the menu. Nothing was ordered: these are the new ones.",
            "打开菜单后价格有变动。尚未下单，请确认新的价格。")
    }
}
