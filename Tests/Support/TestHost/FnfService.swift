/// The services by their words.
package enum FnfService: String, Sendable, Hashable, CaseIterable {
    case flowEngine = "flow-engine"
    case orderStore = "order-store"
    case paymentGateway = "payment-gateway"
    case supplierRules = "supplier-rules"
    case flowWeb = "flow-web"
    case httpEgress = "http-egress"

    /// Those that an order of the demo passes.
    package static let ofOrders: [FnfService] = [.flowEngine, .orderStore, .paymentGateway, .supplierRules]
}
