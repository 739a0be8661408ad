import BenchReport

/// What the running system costs while nobody asks anything of it.
struct IdleCost {
    let system: OrderSystem

    func measure(quick: Bool) async throws -> [Figure] {
        Progress.show("idle: letting it settle")
        try await Task.sleep(for: .seconds(quick ? 1 : 3))
        let seconds = quick ? 2.0 : 10.0
        let before = try system.services.map { try system.facts($0).contextSwitches }
        Progress.show("idle: counting wake-ups for \(seconds.fixed(0)) s")
        try await Task.sleep(for: .seconds(seconds))
        var figures: [Figure] = []
        var largest = 0.0
        var wakeups = 0.0
        for (service, earlier) in zip(system.services, before) {
            let facts = try system.facts(service)
            let rate = (facts.contextSwitches - earlier) / seconds
            let word = figureWord(service)
            figures.append(Figure("idle_rss_mib_\(word)", facts.residentMiB, "MiB"))
            figures.append(Figure("idle_own_mib_\(word)", facts.ownMiB, "MiB"))
            figures.append(Figure("idle_wakeups_per_s_\(word)", rate, "1/s"))
            largest = max(largest, facts.residentMiB)
            wakeups += rate
        }
        let whole = [
            Figure("idle_rss_mib", largest, "MiB", .atMost(25)), Figure("idle_wakeups_per_s", wakeups, "1/s"),
        ]
        return whole + figures.sorted { $0.name < $1.name }
    }
}
