package import RPCProtocol

/// Values that go with a flow. Kept and given back; the flow language has no way to read them. Source: the
/// published CreateFlow.
package struct FlowEnvironment: WireRecord {
    package var variables: [EnvironmentVariable] = []

    package init() {}

    package static let fields: [WireField<FlowEnvironment>] = [
        .defaulted("Variables", \.variables)
    ]
}

/// One value of an environment.
package struct EnvironmentVariable: WireRecord {
    package var name: String = ""
    package var value: String = ""
    package var description: String?

    package init() {}

    package static let fields: [WireField<EnvironmentVariable>] = [
        .required("Name", \.name),
        .required("Value", \.value),
        .optional("Description", \.description),
    ]
}
