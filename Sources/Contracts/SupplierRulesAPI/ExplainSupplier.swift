package import RPCProtocol

/// Walks the rules for an order as GenerateInfo would and says how each fared.
package enum ExplainSupplier: RPCMethod {
    package struct Params: WireRecord {
        package var supplier: String = ""
        package var products: String = ""
        package var address: String = ""
        package var time: String?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("supplier", \.supplier),
            .defaulted("products", \.products),
            .defaulted("address", \.address),
            .optional("time", \.time, "RFC 3339; now if not given"),
        ]
    }

    package struct Result: WireRecord {
        package var paymentMethods: [String] = []
        package var rule: String = ""
        package var source: String = ""
        package var trace: [RuleTrace] = []

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("paymentMethods", \.paymentMethods),
            .required("rule", \.rule),
            .required("source", \.source),
            .required("trace", \.trace, "In the order they were tried"),
        ]
    }

    package static let summary = "Explains which rule decides"
    package static let roles: Set<RPCRole> = [.read]
    package static let errors: [RPCErrorName] = [.invalidRule]
    package static let exampleParams = Params.with {
        $0.supplier = "haidilao"
    }
    package static let exampleResult = Result.with {
        $0.paymentMethods = ["zhifubao", "weixin"]
        $0.rule = "haidilao"
        $0.source = "10-haidilao.yaml:3"
    }
}
