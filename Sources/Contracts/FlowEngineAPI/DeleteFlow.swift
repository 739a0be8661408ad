package import RPCProtocol

/// Deletes a flow; executions that run end by themselves and can still be read until then.
package enum DeleteFlow: RPCMethod {
    package struct Params: WireRecord {
        package var name: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("Name", \.name)
        ]
    }

    package typealias Result = NoFields

    package static let summary = "Deletes a flow"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [.flowNotExists, .invalidArgument]
    package static let exampleParams = Params.with {
        $0.name = "Greeting"
    }
    package static let exampleResult = Result()
}
