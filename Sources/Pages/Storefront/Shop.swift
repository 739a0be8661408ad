package import WebPages

/// The shop that a buyer uses, and the merchant's side of it.
package enum Shop {
    package static let face = Face(
        word: "shop", home: "/shop", name: { $0("Corner Kitchen", "街角小厨") },
        navigation: { language, visitor in
            // Buyers have one place to be.
            guard visitor.may(.read) else { return [] }
            return [
                Face.Entry(ShopPaths.menu, language("Order", "点单"), key: "o"),
                Face.Entry(ShopPaths.merchant, language("Merchant", "商家"), key: "m"),
            ]
        })
}
