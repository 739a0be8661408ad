package import Primitives

/// What every service answers, at every door. Source: wire protocol, "Every service answers".
package protocol BuiltInMethod: RPCMethod where Params == NoFields {}

extension BuiltInMethod {
    package static var roles: Set<RPCRole> { Set(RPCRole.allCases) }
    package static var errors: [RPCErrorName] { [] }
    package static var exampleParams: NoFields { NoFields() }
}

/// The service's OpenRPC document.
package enum Discover: BuiltInMethod {
    package static let name = "rpc.discover"
    package static let summary =
        "The OpenRPC document of this service: methods, schemas, errors, roles, examples."
    package static var exampleResult: JSONObject { ["openrpc": "1.3.2", "info": ["title": "order-store"]] }
}

/// Whether the loop turns; no store is touched.
package enum Ping: BuiltInMethod {
    package static let name = "rpc.ping"
    package static let summary = "Answers at once, without touching any store."
    package static var exampleResult: NoFields { NoFields() }
}

package enum DescribeService: BuiltInMethod {
    package static let name = "service.status"
    package static let summary = "What the service is doing: state, connections, requests, counters, outbox."
    package static var exampleResult: ServiceStatus {
        var status = ServiceStatus()
        status.name = "order-store"
        status.version = "0.1.0"
        status.pid = 4711
        status.state = .serving
        status.connections = 3
        status.counters = ["fnf_rpc_connections_total": 5]
        status.details = ["outbox": ["pending": 0]]
        return status
    }
}

package enum DescribeMetrics: BuiltInMethod {
    package static let name = "service.metrics"
    package static let summary = "Counters and gauges as Prometheus text."
    package static var exampleResult: MetricsText {
        MetricsText(text: "# TYPE fnf_rpc_connections_total counter\nfnf_rpc_connections_total 5\n")
    }
}

package enum ServiceState: String, WireWord {
    case starting, serving, draining
}

package struct ServiceStatus: WireRecord {
    package var name = ""
    package var version = ""
    package var pid: Int64 = 0
    /// Units: whole seconds since the process began to serve.
    package var uptimeSeconds: Int64 = 0
    package var state = ServiceState.starting
    package var connections: Int64 = 0
    package var requestsInFlight: Int64 = 0
    package var waitsInFlight: Int64 = 0
    package var counters: JSONObject = [:]
    package var details: JSONObject = [:]

    package init() {}

    package static var fields: [WireField<ServiceStatus>] {
        [
            .required("name", \.name), .required("version", \.version), .required("pid", \.pid),
            .required("uptimeSeconds", \.uptimeSeconds), .required("state", \.state),
            .required("connections", \.connections, "Open connections, the caller's among them."),
            .required("requestsInFlight", \.requestsInFlight, "Handlers at work, this one among them."),
            .required("waitsInFlight", \.waitsInFlight, "Open long polls and streams."),
            .required("counters", \.counters, "Each counter and gauge of service.metrics by its name."),
            .required("details", \.details, "What this service alone has to tell, such as its outbox."),
        ]
    }
}

package struct MetricsText: WireRecord {
    package var text = ""

    package init() {}
    package init(text: String) { self.text = text }

    package static var fields: [WireField<MetricsText>] { [.required("text", \.text)] }
}
