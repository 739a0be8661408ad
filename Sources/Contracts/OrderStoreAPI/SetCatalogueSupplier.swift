package import RPCProtocol

/// Puts a supplier into the catalogue or renames it. A repeat changes nothing.
package enum SetCatalogueSupplier: RPCMethod {
    package struct Params: WireRecord {
        package var supplier: String = ""
        package var nameEn: String = ""
        package var nameZh: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required(
                "supplier", \.supplier, "As supplier rules name it: letters, digits, _ and -, at most 64"),
            .required("nameEn", \.nameEn, "At most 120 bytes"),
            .required("nameZh", \.nameZh, "At most 120 bytes"),
        ]
    }

    package typealias Result = CatalogueSupplier

    package static let summary = "Puts a supplier into the catalogue"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [.invalidProduct]
    package static let exampleParams = Params.with {
        $0.supplier = "haidilao"
        $0.nameEn = "Haidilao Hot Pot"
        $0.nameZh = "海底捞火锅"
    }
    package static let exampleResult = CatalogueSupplier.example
}
