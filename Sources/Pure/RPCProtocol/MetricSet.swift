import Synchronization

/// The counters and gauges of one service, rendered as Prometheus text for `service.metrics`.
///
/// Shape: names as Prometheus wants them (`fnf_commits_total`), labels inside the name
/// (`fnf_calls_total{method="X"}`).
package final class MetricSet: Sendable {
    private struct State {
        var values: [String: Int64] = [:]
        var help: [String: (type: String, text: String)] = [:]
        var gauges: [String: @Sendable () -> Int64] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// Declares a counter's meaning; the family is the name before any `{`.
    package func declare(_ family: String, type: String = "counter", _ help: String) {
        state.withLock { $0.help[family] = (type, help) }
    }

    package func add(_ name: String, _ amount: Int64 = 1) {
        state.withLock { $0.values[name, default: 0] += amount }
    }

    /// A value that is asked for when somebody looks.
    package func gauge(_ name: String, _ help: String, _ value: @escaping @Sendable () -> Int64) {
        state.withLock {
            $0.gauges[name] = value
            $0.help[Self.family(name)] = ("gauge", help)
        }
    }

    package func value(_ name: String) -> Int64 { state.withLock { $0.values[name] ?? 0 } }

    /// All counters and gauges as they are now, by name.
    package var snapshot: [String: Int64] {
        let (values, gauges) = state.withLock { ($0.values, $0.gauges) }
        return values.merging(gauges.mapValues { $0() }) { $1 }
    }

    package var prometheusText: String {
        let (values, help, gauges) = state.withLock { ($0.values, $0.help, $0.gauges) }
        let all = values.merging(gauges.mapValues { $0() }) { $1 }.sorted { $0.key < $1.key }
        var text = ""
        var lastFamily = ""
        for (name, value) in all {
            let family = Self.family(name)
            if family != lastFamily, let (type, about) = help[family] {
                text += "# HELP \(family) \(about)\n# TYPE \(family) \(type)\n"
            }
            lastFamily = family
            text += "\(name) \(value)\n"
        }
        return text
    }

    private static func family(_ name: String) -> String {
        String(name.prefix { $0 != "{" })
    }
}
