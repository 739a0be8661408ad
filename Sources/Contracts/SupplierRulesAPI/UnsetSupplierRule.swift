package import RPCProtocol

/// Returns to the rule of the files.
package enum UnsetSupplierRule: RPCMethod {
    package struct Params: WireRecord {
        package var supplier: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("supplier", \.supplier)
        ]
    }

    package typealias Result = SupplierRecord

    package static let summary = "Removes a supplier's rule set at run time"
    package static let roles: Set<RPCRole> = [.admin]
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
