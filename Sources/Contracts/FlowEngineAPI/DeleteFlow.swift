package import RPCProtocol

/// Deletes a flow; executions that run end by themselves and can still be read until then, unless they are to
/// be stopped.
package enum DeleteFlow: RPCMethod {
    package struct Params: WireRecord {
        /// As the cloud does, where nothing of a deleted flow goes on.
        package static let stopRunningParameter = "StopRunning"

        package var name: String = ""
        package var stopRunning: Bool?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("Name", \.name),
            .optional(
                stopRunningParameter, \.stopRunning,
                "True: executions that run are stopped; without it they go on to their end"),
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
