import ArgumentParser

/// The services that fnfctl knows; the word is also that of the unit, the socket and the binary.
enum ServiceName: String, CaseIterable, Sendable {
    case flowEngine = "flow-engine"
    case orderStore = "order-store"
    case paymentGateway = "payment-gateway"
    case supplierRules = "supplier-rules"
    case flowWeb = "flow-web"
    case httpEgress = "http-egress"
}

extension ServiceName: ExpressibleByArgument {
    /// The word, or the name of its unit.
    init?(argument: String) {
        var word = argument[...]
        if word.hasPrefix("fnf-") { word = word.dropFirst(4) }
        if word.hasSuffix(".service") { word = word.dropLast(8) }
        self.init(rawValue: String(word))
    }

    static var allValueStrings: [String] { allCases.map(\.rawValue) }
}
