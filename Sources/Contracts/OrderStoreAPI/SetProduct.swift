package import Primitives
package import RPCProtocol

/// Puts a product into the catalogue or replaces it. Orders keep the names and prices they were made with.
///
/// Durability: on disk when this returns. A repeat changes nothing.
package enum SetProduct: RPCMethod {
    package struct Params: WireRecord {
        package var supplier: String = ""
        package var product: String = ""
        package var nameEn: String = ""
        package var nameZh: String = ""
        package var price: DecimalNumber = .zero
        package var picture: ProductPicture = .dish
        package var available: Bool = true

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("supplier", \.supplier, "One of the catalogue"),
            .required("product", \.product, "Letters, digits, _ and -, at most 64"),
            .required("nameEn", \.nameEn, "At most 120 bytes"),
            .required("nameZh", \.nameZh, "At most 120 bytes"),
            .required("price", \.price, "Of one piece: more than 0, at most two digits after the point"),
            .defaulted("picture", \.picture),
            .defaulted("available", \.available, "Whether it can be ordered now"),
        ]
    }

    package typealias Result = ProductRecord

    package static let summary = "Puts a product into the catalogue"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [.invalidProduct, .supplierNotExists]
    package static let exampleParams = Params.with {
        $0.supplier = "haidilao"
        $0.product = "beef"
        $0.nameEn = "Marbled beef slices"
        $0.nameZh = "精品肥牛"
        $0.price = DecimalNumber(68)
        $0.picture = .beef
    }
    package static let exampleResult = ProductRecord.example
}
