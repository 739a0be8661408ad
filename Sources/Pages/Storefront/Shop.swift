package import WebPages

/// The shop that a buyer uses, and the merchant's side of it.
package enum Shop {
    package static let face = Face(
        word: "shop", home: "/shop", name: { $0("Corner Kitchen", "街角小厨") },
        navigation: { language, visitor in
            var entries = [Face.Entry("/shop", language("Order", "点单"), key: "o")]
            if visitor.may(.read) {
                entries.append(Face.Entry("/shop/merchant", language("Merchant", "商家"), key: "m"))
            }
            return entries
        })
}
