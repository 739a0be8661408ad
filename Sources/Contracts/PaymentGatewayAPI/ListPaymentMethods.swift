package import RPCProtocol

/// All payment methods that the gateway charges by, with their discounts.
package enum ListPaymentMethods: RPCMethod {
    package typealias Params = NoFields

    package struct Result: WireRecord {
        package var methods: [PaymentMethodRecord] = []
        package var minorUnits: Int64 = 2

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("methods", \.methods, "By name"),
            .required("minorUnits", \.minorUnits, "Digits after the point in what is charged"),
        ]
    }

    package static let summary = "Lists payment methods and their discounts"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = []
    package static let exampleParams = Params()
    package static let exampleResult = Result.with { $0.methods = [.example] }
}
