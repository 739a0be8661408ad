package import Primitives
package import RPCProtocol

/// A product as a supplier sells it now. Money is a decimal in a string.
package struct ProductRecord: WireRecord {
    package var product: String = ""
    package var supplier: String = ""
    package var nameEn: String = ""
    package var nameZh: String = ""
    package var price: DecimalNumber = .zero
    package var picture: ProductPicture = .dish
    package var available: Bool = true

    package init() {}

    package static let fields: [WireField<ProductRecord>] = [
        .required(
            "product", \.product, "Its id, one of its supplier's: letters, digits, _ and -, at most 64"),
        .required("supplier", \.supplier),
        .required("nameEn", \.nameEn),
        .required("nameZh", \.nameZh),
        .required("price", \.price, "Of one piece, before discount"),
        .required("picture", \.picture),
        .required("available", \.available, "Whether it can be ordered now"),
    ]

    package static let example = ProductRecord.with {
        $0.product = "beef"
        $0.supplier = "haidilao"
        $0.nameEn = "Marbled beef slices"
        $0.nameZh = "精品肥牛"
        $0.price = DecimalNumber(68)
        $0.picture = .beef
    }
}
