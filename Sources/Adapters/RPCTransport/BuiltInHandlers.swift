package import RPCProtocol
import Primitives

extension HandlerTable {
    /// The table with the methods that every service answers.
    ///
    /// - Parameter status: everything but the counters.
    package func withBuiltIns(
        service: String, version: String, metrics: MetricSet,
        status: @escaping @Sendable () async -> ServiceStatus
    ) -> HandlerTable {
        var table = self
        table.on(Ping.self) { _, _ in NoFields() }
        table.on(DescribeService.self) { _, _ in
            var status = await status()
            status.counters = JSONObject(metrics.snapshot.map { ($0.key, .integer($0.value)) })
            return status
        }
        table.on(DescribeMetrics.self) { _, _ in MetricsText(text: metrics.prometheusText) }
        let withoutDiscover = table
        table.on(Discover.self) { _, _ in
            var complete = withoutDiscover
            complete.on(Discover.self) { _, _ in [:] }
            return complete.openRPC(service: service, version: version).objectValue ?? [:]
        }
        return table
    }
}
