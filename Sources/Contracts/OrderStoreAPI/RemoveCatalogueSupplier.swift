package import RPCProtocol

/// Takes a supplier and all its products out of the catalogue; orders keep them. Without effect where it is
/// not there.
package enum RemoveCatalogueSupplier: RPCMethod {
    package struct Params: WireRecord {
        package var supplier: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("supplier", \.supplier)
        ]
    }

    package struct Result: WireRecord {
        package var removed: Bool = false

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("removed", \.removed, "False where it was not there")
        ]
    }

    package static let summary = "Takes a supplier out of the catalogue"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = []
    package static let exampleParams = Params.with { $0.supplier = "haidilao" }
    package static let exampleResult = Result.with { $0.removed = true }
}
