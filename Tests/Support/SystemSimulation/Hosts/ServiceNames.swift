/// The processes of a simulated system. The first four are the product's.
enum ServiceName {
    static let engine = "flow-engine"
    static let orders = "order-store"
    static let payments = "payment-gateway"
    static let rules = "supplier-rules"
    /// Answers the tasks of random flows as a script says.
    static let scripts = "scripts"
    /// Buyers, operators and who starts random flows.
    static let clients = "clients"

    static let services = [engine, orders, payments, rules]
    static let all = services + [scripts, clients]
}
