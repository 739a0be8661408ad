package import RPCProtocol

/// What an order of the supplier would be offered now, and what after the rule were set or unset. Nothing is
/// changed.
///
/// Orders that have their methods keep them: a rule concerns those that are still `submitted`, and later
/// ones.
package enum PreviewSupplierRule: RPCMethod {
    package struct Params: WireRecord {
        package var supplier: String = ""
        package var paymentMethods: [String]?
        package var products: String = ""
        package var address: String = ""
        package var time: String?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("supplier", \.supplier),
            .optional(
                "paymentMethods", \.paymentMethods,
                "As for SetSupplierRule; when missing, what UnsetSupplierRule would leave"),
            .defaulted("products", \.products, "Of an order, where rules of files look at them"),
            .defaulted("address", \.address, "The same"),
            .optional("time", \.time, "RFC 3339; now if not given"),
        ]
    }

    package struct Result: WireRecord {
        package var supplier: String = ""
        package var now = SupplierOffer()
        package var after = SupplierOffer()
        package var added: [String] = []
        package var removed: [String] = []

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("supplier", \.supplier),
            .required("now", \.now),
            .required("after", \.after),
            .required("added", \.added, "Methods that would be on offer and are not now"),
            .required("removed", \.removed, "Methods that are on offer and would not be any more"),
        ]
    }

    package static let summary = "Shows what a rule would change"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.invalidRule]
    package static let exampleParams = Params.with {
        $0.supplier = "haidilao"
        $0.paymentMethods = ["unionpay"]
    }
    package static let exampleResult = Result.with {
        $0.supplier = "haidilao"
        $0.now = .with {
            $0.paymentMethods = ["zhifubao", "weixin"]
            $0.rule = "haidilao"
            $0.source = "10-haidilao.yaml:3"
        }
        $0.after = .with {
            $0.paymentMethods = ["unionpay"]
            $0.rule = "haidilao"
            $0.source = "database"
        }
        $0.added = ["unionpay"]
        $0.removed = ["zhifubao", "weixin"]
    }
}

/// What an order is offered, and by which rule.
package struct SupplierOffer: WireRecord {
    package var paymentMethods: [String] = []
    package var rule: String = ""
    package var source: String = ""

    package init() {}

    package static let fields: [WireField<SupplierOffer>] = [
        .required("paymentMethods", \.paymentMethods, "Empty when no rule matches: such orders fail"),
        .required("rule", \.rule, "Name of the rule that decides, empty when none does"),
        .required("source", \.source, "FILE:LINE, or database for a rule set at run time"),
    ]
}
