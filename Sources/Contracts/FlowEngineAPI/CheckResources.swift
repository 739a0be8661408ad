package import RPCProtocol

/// Says which of the resources no binding in `resources.d` matches.
package enum CheckResources: RPCMethod {
    package struct Params: WireRecord {
        package var resourceArns: [String] = []

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("ResourceArns", \.resourceArns)
        ]
    }

    package struct Result: WireRecord {
        package var unbound: [UnboundResource] = []

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Unbound", \.unbound)
        ]
    }

    package static let summary = "Checks that resources are bound"
    package static let roles: Set<RPCRole> = [.read, .operate, .admin, .service]
    package static let errors: [RPCErrorName] = [.invalidArgument]
    package static let exampleParams = Params.with {
        $0.resourceArns = ["acs:mns:::/topics/demo/messages"]
    }
    package static let exampleResult = Result()
}
