import OrderStoreAPI
import Primitives
import RPCProtocol

/// How the catalogue is shown.
enum ProductReport {
    static func list(_ catalogue: ListCatalogue.Result) -> Report {
        let products = catalogue.suppliers.flatMap(\.products)
        let rows = products.map { product -> [Cell] in
            [
                Cell(product.supplier), Cell(product.product), Cell(product.price.formatted(minimumScale: 2)),
                Cell(product.nameEn), Cell(product.nameZh), Cell(product.picture.rawValue),
                product.available ? Cell("yes", .good) : Cell("sold out", .warning),
            ]
        }
        let table = Table(
            columns: [
                "Supplier", "Product", .init("Price", isNumber: true), .init("Name", isElastic: true),
                .init("Chinese name", isElastic: true), "Picture", "Available",
            ], rows: rows, empty: "the catalogue has no product")
        return Report(json: catalogue.wire, names: products.map(\.product), blocks: [.table(table)])
    }

    static func one(_ product: ProductRecord) -> Report {
        let fields: [Report.Field] = [
            .init("Product", product.product), .init("Supplier", product.supplier),
            .init("Name", "\(product.nameEn) (\(product.nameZh))"),
            .init("Price", product.price.formatted(minimumScale: 2)),
            .init("Picture", product.picture.rawValue),
            .init("Available", product.available ? "yes" : "sold out"),
        ]
        return Report(json: product.wire, names: [product.product], blocks: [.fields(fields)])
    }

    static func supplier(_ supplier: CatalogueSupplier) -> Report {
        let fields: [Report.Field] = [
            .init("Supplier", supplier.supplier), .init("Name", "\(supplier.nameEn) (\(supplier.nameZh))"),
            .init("Products", supplier.products.map(\.product).joined(separator: ", ")),
        ]
        return Report(json: supplier.wire, names: [supplier.supplier], blocks: [.fields(fields)])
    }
}
