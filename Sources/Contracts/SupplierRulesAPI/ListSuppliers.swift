package import RPCProtocol

/// The suppliers that rules name, each with the rule that decides; `*` stands for everyone else.
package enum ListSuppliers: RPCMethod {
    package typealias Params = NoFields

    package struct Result: WireRecord {
        package var suppliers: [SupplierRecord] = []

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("suppliers", \.suppliers)
        ]
    }

    package static let summary = "Lists suppliers and their payment methods"
    package static let roles: Set<RPCRole> = [.read]
    package static let errors: [RPCErrorName] = []
    package static let exampleParams = Params()
    package static let exampleResult = Result.with {
        $0.suppliers = [DescribeSupplier.exampleResult]
    }
}
