import HTTPMessage
import OrderStoreAPI
import Primitives
import RPCProtocol
import WebPages

/// The catalogue, and the forms that change it.
struct CataloguePages: Sendable {
    let services: PageServices

    var routes: [PageRoute] {
        let (one, product) = ("/{supplier}", "/{supplier}/{product}")
        return [
            .get(ShopPaths.products, needs: .read) { try await list($0) },
            .get(ShopPaths.products + one, needs: .admin) { try await add($0) },
            .post(ShopPaths.products + one, needs: .admin) { try await save($0, isAdded: true) },
            .get(ShopPaths.products + product, needs: .admin) { try await edit($0) },
            .post(ShopPaths.products + product, needs: .admin) { try await save($0, isAdded: false) },
            .post(ShopPaths.products + product + "/available", needs: .admin) { try await setAvailable($0) },
            .post(ShopPaths.products + product + "/remove", needs: .admin) { try await remove($0) },
        ] + SupplierForms(services: services).routes
    }

    private func list(_ request: PageRequest) async throws -> PageAnswer {
        let catalogue = try await services.orders.call(
            ListCatalogue.self, .init(), as: request.visitor.role)
        return .page(CataloguePage(request: request, suppliers: catalogue.suppliers).page)
    }

    private func supplier(_ request: PageRequest) async throws -> CatalogueSupplier {
        let name = request["supplier"]
        let found = try await services.orders.call(
            ListCatalogue.self, .with { $0.supplier = name }, as: request.visitor.role)
        guard let supplier = found.suppliers.first else {
            throw Problem.notFound(
                request.language("The catalogue has no such restaurant.", "菜单中没有这家餐厅。"), request.language)
        }
        return supplier
    }

    private func product(_ request: PageRequest) async throws -> (CatalogueSupplier, ProductRecord) {
        let supplier = try await supplier(request)
        guard let product = supplier.products.first(where: { $0.product == request["product"] }) else {
            throw Problem.notFound(
                request.language("The catalogue has no such dish.", "菜单中没有这道菜。"), request.language)
        }
        return (supplier, product)
    }

    private func add(_ request: PageRequest) async throws -> PageAnswer {
        let supplier = try await supplier(request)
        return .page(ProductForm(request: request, supplier: supplier, draft: ProductDraft()).page)
    }

    private func edit(_ request: PageRequest) async throws -> PageAnswer {
        let (supplier, product) = try await product(request)
        return .page(
            ProductForm(
                request: request, supplier: supplier, draft: ProductDraft(of: product), known: product
            ).page)
    }

    private func save(_ request: PageRequest, isAdded: Bool) async throws -> PageAnswer {
        let supplier = try await supplier(request)
        var draft = ProductDraft(request)
        let known = isAdded ? nil : try await product(request).1
        if let known { draft.product = known.product }
        var faults = draft.faults(request.language)
        let isTaken = supplier.products.contains { $0.product == draft.product }
        if isAdded, isTaken, faults["product"] == nil {
            faults["product"] = request.language(
                "There is a dish with this id already.", "该编号已被使用。")
        }
        if faults.isEmpty, let price = DecimalNumber(draft.price) {
            do throws(RPCFailure) {
                _ = try await services.orders.call(
                    SetProduct.self, draft.params(of: supplier.supplier, price: price),
                    as: request.visitor.role)
                return .seeOther(ShopPaths.products + "#\(supplier.supplier)")
            } catch {
                faults = try Self.faults(of: error)
            }
        }
        var page = ProductForm(
            request: request, supplier: supplier, draft: draft, known: known, faults: faults
        ).page
        page.status = 422
        return .page(page)
    }

    /// At the field that the catalogue names. Throws: what no field can mend.
    static func faults(of failure: RPCFailure) throws(RPCFailure) -> [String: String] {
        guard let error = failure.answer, error.name == .invalidProduct else { throw failure }
        return [error.details["path"]?.stringValue ?? "": error.message]
    }

    /// Hides a dish from buyers or shows it again; what else it is stays.
    private func setAvailable(_ request: PageRequest) async throws -> PageAnswer {
        let (supplier, product) = try await product(request)
        var draft = ProductDraft(of: product)
        draft.isAvailable = request.field("available") == "yes"
        _ = try await services.orders.call(
            SetProduct.self, draft.params(of: supplier.supplier, price: product.price),
            as: request.visitor.role)
        return .seeOther(ShopPaths.products + "#\(supplier.supplier)")
    }

    private func remove(_ request: PageRequest) async throws -> PageAnswer {
        let (supplier, product) = (request["supplier"], request["product"])
        _ = try await services.orders.call(
            RemoveProduct.self,
            .with {
                $0.supplier = supplier
                $0.product = product
            }, as: request.visitor.role)
        return .seeOther(ShopPaths.products)
    }
}
