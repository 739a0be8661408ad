package import Primitives
package import RPCProtocol

/// What a buyer wants of one product.
package struct OrderItem: WireRecord {
    package var product: String = ""
    package var quantity: Int64 = 1

    package init() {}

    package static let fields: [WireField<OrderItem>] = [
        .required("product", \.product, "One that the supplier sells"),
        .defaulted("quantity", \.quantity, "1 to 99"),
    ]
}

/// One line of an order with what the catalogue said when it was submitted.
package struct OrderLine: WireRecord {
    package var product: String = ""
    package var quantity: Int64 = 1
    package var nameEn: String = ""
    package var nameZh: String = ""
    package var picture: ProductPicture = .dish
    package var price: DecimalNumber = .zero
    package var amount: DecimalNumber = .zero

    package init() {}

    package static let fields: [WireField<OrderLine>] = [
        .required("product", \.product),
        .required("quantity", \.quantity),
        .required("nameEn", \.nameEn),
        .required("nameZh", \.nameZh),
        .required("picture", \.picture),
        .required("price", \.price, "Of one piece"),
        .required("amount", \.amount, "Of the line: price × quantity"),
    ]
}
