package import RPCProtocol

/// The flow as it is now, or as one of its versions keeps it.
package enum DescribeFlow: RPCMethod {
    package struct Params: WireRecord {
        package var name: String = ""
        package var flowVersion: String?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("Name", \.name),
            .optional("FlowVersion", \.flowVersion, "A published version; empty or LATEST: as it is now"),
        ]
    }

    package typealias Result = FlowRecord

    package static let summary = "Shows one flow"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.flowNotExists, .flowVersionNotExists, .invalidArgument]
    package static let exampleParams = Params.with {
        $0.name = "Greeting"
    }
    package static let exampleResult = Result.with {
        $0.name = "Greeting"
        $0.definition = "version: v1\ntype: flow\nsteps:\n  - type: pass\n    name: hello\n"
    }
}
