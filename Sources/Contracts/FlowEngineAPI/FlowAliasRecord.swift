package import RPCProtocol

/// A name for one version of a flow, or for two with a weight each. LastModifiedTime is ours.
package struct FlowAliasRecord: WireRecord {
    package var name: String = ""
    package var description: String = ""
    package var routingConfigurations: [RoutingConfiguration] = []
    package var createdTime: String = ""
    package var lastModifiedTime: String = ""

    package init() {}

    package static let fields: [WireField<FlowAliasRecord>] = [
        .required("Name", \.name),
        .defaulted("Description", \.description),
        .required("RoutingConfigurations", \.routingConfigurations, "The older version first"),
        .defaulted("CreatedTime", \.createdTime),
        .defaulted("LastModifiedTime", \.lastModifiedTime),
    ]

    package static let example = FlowAliasRecord.with {
        $0.name = "prod"
        $0.routingConfigurations = [
            .with {
                $0.version = "1"
                $0.weight = 90
            },
            .with {
                $0.version = "2"
                $0.weight = 10
            },
        ]
        $0.createdTime = "2026-11-23T09:30:00.000Z"
        $0.lastModifiedTime = "2026-11-23T09:30:00.000Z"
    }
}

/// The share of the starts under an alias that a version gets.
package struct RoutingConfiguration: WireRecord {
    package var version: String = ""
    package var weight: Int64 = 0

    package init() {}

    package static let fields: [WireField<RoutingConfiguration>] = [
        .required("Version", \.version, "A published version, e.g. 1"),
        .required("Weight", \.weight, "0 to 100; all of an alias make 100"),
    ]
}
