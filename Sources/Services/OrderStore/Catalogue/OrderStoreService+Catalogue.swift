import GRDB
import OrderStoreAPI
import RPCProtocol
import ServiceLedger

/// The catalogue: shown and edited.
extension OrderStoreService {
    func catalogue(_ params: ListCatalogue.Params) throws(RPCError) -> ListCatalogue.Result {
        let suppliers = try read { try CatalogueTable.suppliers($0, params.supplier) }
        return .with { $0.suppliers = suppliers }
    }

    func set(_ params: SetProduct.Params) async throws(RPCError) -> ProductRecord {
        let product: ProductRecord
        do { product = try CatalogueRules.product(params) } catch { throw error.rpcError }
        let limit = CatalogueLimits.standard.productsMax
        try await edit { db in
            guard try CatalogueTable.hasSupplier(db, product.supplier) else {
                throw OrderStoreError.supplierNotExists(product.supplier)
            }
            let known = try CatalogueTable.products(db, of: product.supplier)
            guard known.count < limit || known.contains(where: { $0.product == product.product }) else {
                throw OrderStoreError.invalidProduct(
                    "product",
                    "would be one more than the \(limit) that a supplier may have; remove one first")
            }
            try CatalogueTable.set(db, product)
        }
        return product
    }

    func remove(_ params: RemoveProduct.Params) async throws(RPCError) -> RemoveProduct.Result {
        let removed = try await edit { try CatalogueTable.remove($0, params.product, of: params.supplier) }
        return .with { $0.removed = removed }
    }

    func set(_ params: SetCatalogueSupplier.Params) async throws(RPCError) -> CatalogueSupplier {
        let supplier: CatalogueSupplier
        do { supplier = try CatalogueRules.supplier(params) } catch { throw error.rpcError }
        let limit = CatalogueLimits.standard.suppliersMax
        return try await edit { db in
            let known = try CatalogueTable.suppliers(db, nil)
            guard known.count < limit || known.contains(where: { $0.supplier == supplier.supplier }) else {
                throw OrderStoreError.invalidProduct(
                    "supplier", "would be one more than the \(limit) that may be; remove one first")
            }
            try CatalogueTable.set(db, supplier)
            return try CatalogueTable.suppliers(db, supplier.supplier).first ?? supplier
        }
    }

    func remove(
        _ params: RemoveCatalogueSupplier.Params
    ) async throws(RPCError) -> RemoveCatalogueSupplier.Result {
        let removed = try await edit { try CatalogueTable.removeSupplier($0, params.supplier) }
        return .with { $0.removed = removed }
    }

    private func edit<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(RPCError) -> Value {
        try await store.write { db in try OrderStoreError.answering { try body(db) } }
    }
}
