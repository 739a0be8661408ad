package import RPCProtocol

/// Sets what a supplier offers, over any rule of a file. In force for the next order, on disk when this
/// returns.
package enum SetSupplierRule: RPCMethod {
    package struct Params: WireRecord {
        package var supplier: String = ""
        package var paymentMethods: [String] = []

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("supplier", \.supplier),
            .required("paymentMethods", \.paymentMethods),
        ]
    }

    package typealias Result = SupplierRecord

    package static let summary = "Sets a supplier's payment methods"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [.invalidRule]
    package static let exampleParams = Params.with {
        $0.supplier = "haidilao"
        $0.paymentMethods = ["unionpay"]
    }
    package static let exampleResult = Result.with {
        $0.supplier = "haidilao"
        $0.paymentMethods = ["zhifubao", "weixin"]
        $0.rule = "haidilao"
        $0.source = "10-haidilao.yaml:3"
    }
}
