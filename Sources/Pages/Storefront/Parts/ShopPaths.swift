import HTTPMessage

/// Where the shop's pages are.
enum ShopPaths {
    static let menu = "/shop"
    static let orders = "/shop/orders"
    static let merchant = "/shop/merchant"
    static let rules = "/shop/merchant/rules"
    static let products = "/shop/merchant/products"
    static let suppliers = "/shop/merchant/suppliers"

    static func menu(of supplier: String) -> String { "/shop?supplier=\(PercentCoding.encode(supplier))" }
    static func order(_ number: String) -> String { "/shop/orders/\(PercentCoding.encode(number))" }

    /// What was said to who was sent back there.
    static func order(_ number: String, said: PaymentSaying) -> String {
        "\(order(number))?said=\(said.rawValue)"
    }

    static func pay(_ number: String) -> String { order(number) + "/pay" }
    static func events(of number: String) -> String { order(number) + "/events" }
    static func merchant(order number: String) -> String {
        "\(merchant)/orders/\(PercentCoding.encode(number))"
    }
    static func rules(of supplier: String) -> String { "\(rules)/\(PercentCoding.encode(supplier))" }
    static func supplier(_ supplier: String) -> String { "\(suppliers)/\(PercentCoding.encode(supplier))" }
    static func products(of supplier: String) -> String { "\(products)/\(PercentCoding.encode(supplier))" }
    static func product(_ product: String, of supplier: String) -> String {
        "\(products(of: supplier))/\(PercentCoding.encode(product))"
    }

    /// The console's page of the execution that carries an order out.
    static func execution(_ flow: String, _ number: String) -> String {
        "/console/executions/\(PercentCoding.encode(flow))/\(PercentCoding.encode(number))"
    }
}
