import Synchronization

/// The counters and gauges of one service, rendered as Prometheus text for `service.metrics`.
///
/// Shape: names as Prometheus wants them (`fnf_commits_total`), labels inside the name
/// (`fnf_calls_total{method="X"}`).
package final class MetricSet: Sendable {
    private struct State {
        var counters: [String: Counter] = [:]
        var help: [String: (type: String, text: String)] = [:]
        var gauges: [String: @Sendable () -> Int64] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// Declares a counter's meaning; the family is the name before any `{`.
    package func declare(_ family: String, type: String = "counter", _ help: String) {
        state.withLock { $0.help[family] = (type, help) }
    }

    package func add(_ name: String, _ amount: Int64 = 1) { counter(name).add(amount) }

    /// The counter of that name, for who counts often: it need not be looked up again.
    package func counter(_ name: String) -> Counter {
        state.withLock { state in
            if let counter = state.counters[name] { return counter }
            let counter = Counter()
            state.counters[name] = counter
            return counter
        }
    }

    /// Can be added to from any thread.
    package final class Counter: Sendable {
        private let count = Atomic<Int64>(0)

        package var value: Int64 { count.load(ordering: .relaxed) }
        package func add(_ amount: Int64 = 1) { count.add(amount, ordering: .relaxed) }
    }

    /// A value that is asked for when somebody looks.
    package func gauge(_ name: String, _ help: String, _ value: @escaping @Sendable () -> Int64) {
        state.withLock {
            $0.gauges[name] = value
            $0.help[Self.family(name)] = ("gauge", help)
        }
    }

    package func value(_ name: String) -> Int64 { state.withLock { $0.counters[name]?.value ?? 0 } }

    /// All counters and gauges as they are now, by name.
    package var snapshot: [String: Int64] {
        let (counters, gauges) = state.withLock { ($0.counters, $0.gauges) }
        return Self.values(counters, gauges)
    }

    package var prometheusText: String {
        let (counters, help, gauges) = state.withLock { ($0.counters, $0.help, $0.gauges) }
        let all = Self.values(counters, gauges).sorted { $0.key < $1.key }
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

    /// A counter that was never added to is not shown: nothing of its kind has happened.
    private static func values(
        _ counters: [String: Counter], _ gauges: [String: @Sendable () -> Int64]
    ) -> [String: Int64] {
        counters.mapValues(\.value).filter { $0.value != 0 }.merging(gauges.mapValues { $0() }) { $1 }
    }

    private static func family(_ name: String) -> String {
        String(name.prefix { $0 != "{" })
    }
}
