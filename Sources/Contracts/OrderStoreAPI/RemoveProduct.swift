package import RPCProtocol

/// Takes a product out of the catalogue; orders keep it. Without effect where it is not there.
package enum RemoveProduct: RPCMethod {
    package struct Params: WireRecord {
        package var supplier: String = ""
        package var product: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("supplier", \.supplier), .required("product", \.product),
        ]
    }

    package struct Result: WireRecord {
        package var removed: Bool = false

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("removed", \.removed, "False where it was not there")
        ]
    }

    package static let summary = "Takes a product out of the catalogue"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = []
    package static let exampleParams = Params.with {
        $0.supplier = "haidilao"
        $0.product = "beef"
    }
    package static let exampleResult = Result.with { $0.removed = true }
}
