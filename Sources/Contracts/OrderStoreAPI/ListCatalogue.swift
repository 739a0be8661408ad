package import RPCProtocol

/// What can be ordered: the suppliers with their products. A catalogue is small enough for one answer.
package enum ListCatalogue: RPCMethod {
    package struct Params: WireRecord {
        package var supplier: String?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .optional("supplier", \.supplier, "All when missing; none is answered for one that is not there")
        ]
    }

    package struct Result: WireRecord {
        package var suppliers: [CatalogueSupplier] = []

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("suppliers", \.suppliers, "In the order in which they were put in")
        ]
    }

    package static let summary = "Lists the suppliers of the catalogue and their products"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = []
    package static let exampleParams = Params()
    package static let exampleResult = Result.with {
        $0.suppliers = [.example]
    }
}
