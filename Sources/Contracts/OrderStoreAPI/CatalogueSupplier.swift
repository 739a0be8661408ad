package import RPCProtocol

/// A supplier of the catalogue with what it sells.
package struct CatalogueSupplier: WireRecord {
    package var supplier: String = ""
    package var nameEn: String = ""
    package var nameZh: String = ""
    package var products: [ProductRecord] = []

    package init() {}

    package static let fields: [WireField<CatalogueSupplier>] = [
        .required("supplier", \.supplier, "As orders and supplier rules name it"),
        .required("nameEn", \.nameEn),
        .required("nameZh", \.nameZh),
        .required("products", \.products, "In the order in which they were put in"),
    ]

    package static let example = CatalogueSupplier.with {
        $0.supplier = "haidilao"
        $0.nameEn = "Haidilao Hot Pot"
        $0.nameZh = "海底捞火锅"
        $0.products = [.example]
    }
}
