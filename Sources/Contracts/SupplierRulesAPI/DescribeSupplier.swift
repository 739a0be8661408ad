package import RPCProtocol

/// What the supplier offers now.
package enum DescribeSupplier: RPCMethod {
    package struct Params: WireRecord {
        package var supplier: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("supplier", \.supplier)
        ]
    }

    package typealias Result = SupplierRecord

    package static let summary = "Shows one supplier"
    package static let roles: Set<RPCRole> = [.read]
    package static let errors: [RPCErrorName] = [.ruleNotExists]
    package static let exampleParams = Params.with {
        $0.supplier = "haidilao"
    }
    package static let exampleResult = Result.with {
        $0.supplier = "haidilao"
        $0.paymentMethods = ["zhifubao", "weixin"]
        $0.rule = "haidilao"
        $0.source = "10-haidilao.yaml:3"
    }
}
