package import RPCProtocol

/// What a supplier offers and which rule says so.
package struct SupplierRecord: WireRecord {
    package var supplier: String = ""
    package var paymentMethods: [String] = []
    package var rule: String = ""
    package var source: String = ""
    package var shadows: String?

    package init() {}

    package static let fields: [WireField<SupplierRecord>] = [
        .required("supplier", \.supplier),
        .required("paymentMethods", \.paymentMethods),
        .required("rule", \.rule, "Name of the rule that decides"),
        .required("source", \.source, "FILE:LINE, or database for a rule set at run time"),
        .optional("shadows", \.shadows, "The file rule that would decide without it"),
    ]
}
