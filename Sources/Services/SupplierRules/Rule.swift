import Primitives

/// What a rule is asked about.
struct OrderFacts: Sendable, Hashable {
    var supplier: String
    var products: [String]
    var address: String
    /// When the order was submitted; nil while nobody had to know.
    var time: MinuteOfDay?

    /// - Parameter products: names separated by commas, as orders have them.
    init(supplier: String, products: String = "", address: String = "", time: MinuteOfDay? = nil) {
        self.supplier = supplier
        self.products = products.commaSeparatedNames
        self.address = address
        self.time = time
    }
}

/// Which payment methods are offered for orders that meet all conditions.
package struct SupplierRule: Sendable, Hashable {
    package let name: String
    /// `FILE:LINE`
    package let source: String
    package let conditions: RuleConditions
    /// In the order of the offer.
    package let paymentMethods: [String]

    package init(name: String, source: String, conditions: RuleConditions, paymentMethods: [String]) {
        self.name = name
        self.source = source
        self.conditions = conditions
        self.paymentMethods = paymentMethods
    }
}

/// All that is named must hold; nothing named matches every order.
package struct RuleConditions: Sendable, Hashable {
    /// One of these.
    package var supplier: [Glob]?
    /// One of these for one of the order's products.
    package var products: [Glob]?
    package var address: [Glob]?
    package var time: TimeWindow?

    package init() {}

    /// How an order fares, with the condition that decided.
    enum Verdict: Sendable, Hashable {
        case matches(why: String)
        case fails(why: String)
        /// All else holds, and the time of the order decides.
        case needsTime
    }

    /// - Parameter tracing: says why; else the reasons are empty.
    func verdict(on facts: OrderFacts, tracing: Bool = true) -> Verdict {
        var reasons: [String] = []
        func note(_ reason: @autoclosure () -> String) {
            if tracing { reasons.append(reason()) }
        }
        func fails(_ why: @autoclosure () -> String) -> Verdict { .fails(why: tracing ? why() : "") }
        if let supplier {
            guard let glob = supplier.first(where: { $0.matches(facts.supplier) }) else {
                return fails("supplier \(facts.supplier) is not \(Self.text(supplier))")
            }
            note("supplier \(facts.supplier) is \(glob.pattern)")
        }
        if let products {
            let hit = products.lazy.compactMap { glob in
                facts.products.first(where: glob.matches).map { (glob, $0) }
            }.first
            guard let (glob, product) = hit else {
                return fails(
                    "no product of \"\(facts.products.joined(separator: ","))\" is \(Self.text(products))")
            }
            note("product \(product) is \(glob.pattern)")
        }
        if let address {
            guard let glob = address.first(where: { $0.matches(facts.address) }) else {
                return fails("address \"\(facts.address)\" is not \(Self.text(address))")
            }
            note("address \"\(facts.address)\" is \(glob.pattern)")
        }
        if let time {
            guard let moment = facts.time else { return .needsTime }
            guard time.contains(moment) else { return fails("\(moment) is not in \(time)") }
            note("\(moment) is in \(time)")
        }
        guard tracing else { return .matches(why: "") }
        return .matches(why: reasons.isEmpty ? "it has no conditions" : reasons.joined(separator: ", "))
    }

    private static func text(_ globs: [Glob]) -> String { globs.map(\.pattern).joined(separator: " or ") }
}

/// The names of payment methods as rules may give them.
package enum PaymentMethodNames {
    /// Units: bytes.
    static let nameBytesMax = 64

    /// Why these can't be offered; nil when they can.
    package static func fault(in methods: [String]) -> String? {
        if methods.isEmpty { return "names no payment method" }
        for (index, method) in methods.enumerated() {
            if method.isEmpty { return "contains an empty name" }
            if method.utf8.count > nameBytesMax {
                return "contains a name of more than \(nameBytesMax) bytes"
            }
            // The offer travels as names separated by commas.
            if method.contains(where: { $0 == "," || $0.isWhitespace }) {
                return "contains \"\(method)\": a name has no comma and no blank"
            }
            if methods[..<index].contains(method) { return "names \(method) twice" }
        }
        return nil
    }
}
