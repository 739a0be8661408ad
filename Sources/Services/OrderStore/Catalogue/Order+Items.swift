import GRDB
import OrderStoreAPI
import Primitives
import RPCProtocol

/// What an order of items costs by the catalogue.
extension Order {
    /// The items as they were asked for. Throws: `invalid`, with the place and the rule.
    static func checkItems(_ items: [OrderItem], _ limits: OrderLimits) throws(OrderStoreError) {
        guard (1...limits.itemsMax).contains(items.count) else {
            throw .invalid("items", "must be 1 to \(limits.itemsMax), found \(items.count)")
        }
        var known: [String: Int] = [:]
        for (index, item) in items.enumerated() {
            guard item.product.isPlainName(charactersMax: CatalogueLimits.standard.idCharactersMax) else {
                throw .invalid(
                    "items[\(index)].product",
                    "\"\(item.product)\" can not be a product; `fnfctl product list` shows them")
            }
            if let first = known[item.product] {
                throw .invalid(
                    "items[\(index)].product",
                    "\(item.product) is in items[\(first)] already; add the quantities there")
            }
            known[item.product] = index
            guard (1...limits.quantityMax).contains(item.quantity) else {
                throw .invalid(
                    "items[\(index)].quantity",
                    "must be 1 to \(limits.quantityMax), found \(item.quantity)")
            }
        }
    }

    /// The order with the catalogue's names and prices; one without items as it is.
    ///
    /// Throws: `invalid` for what the supplier does not sell now, `priceMismatch` for another total than the
    /// sum.
    func priced(_ db: Database) throws -> Order {
        guard !wanted.isEmpty else { return self }
        let sold = try CatalogueTable.products(db, of: supplier)
        var order = self
        order.lines = try wanted.enumerated().map { index, item in
            guard let product = sold.first(where: { $0.product == item.product }) else {
                let seller = try CatalogueTable.seller(db, of: item.product)
                throw notSold(item.product, at: index, but: seller, isKnown: !sold.isEmpty)
            }
            guard product.available else {
                throw OrderStoreError.invalid(
                    "items[\(index)].product", "\(item.product) can't be ordered now; leave it out")
            }
            return try line(item, of: product, at: index)
        }
        order.products = order.lines.map(\.product).joined(separator: ",")
        guard products.isEmpty || products == order.products else {
            throw OrderStoreError.invalid(
                "products", "is made of the items: leave it out, or write \"\(order.products)\"")
        }
        var sum = DecimalNumber.zero
        for line in order.lines { sum = try total(sum.adding(line.amount)) }
        if let total, total != sum { throw OrderStoreError.priceMismatch(number, total: sum, paid: total) }
        order.total = sum
        return order
    }

    private func notSold(
        _ product: String, at index: Int, but seller: String?, isKnown: Bool
    ) -> OrderStoreError {
        guard isKnown else {
            return .invalid(
                "supplier",
                "\(supplier) sells nothing by the catalogue; `fnfctl product list` shows who sells what, or "
                    + "order by products and total")
        }
        let way =
            seller.map { "\($0) does: order it there" }
            ?? "`fnfctl product list --supplier \(supplier)` shows what it does"
        return .invalid("items[\(index)].product", "\(product) is not sold by \(supplier); \(way)")
    }

    private func line(_ item: OrderItem, of product: ProductRecord, at index: Int) throws -> OrderLine {
        let amount = try total(
            product.price.multiplied(
                by: DecimalNumber(item.quantity), roundedTo: CatalogueLimits.standard.pricePlacesMax))
        return .with {
            $0.product = product.product
            $0.quantity = item.quantity
            $0.nameEn = product.nameEn
            $0.nameZh = product.nameZh
            $0.picture = product.picture
            $0.price = product.price
            $0.amount = amount
        }
    }

    private func total(_ sum: DecimalNumber?) throws(OrderStoreError) -> DecimalNumber {
        guard let sum else {
            throw .invalid("items", "come to more than \(DecimalNumber.digitsMax) digits; order fewer")
        }
        return sum
    }
}
