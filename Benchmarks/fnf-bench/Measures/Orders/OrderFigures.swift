import BenchReport
import OrderStoreAPI
import RPCProtocol

/// Orders through all four services, one level of load after the other.
struct OrderFigures {
    /// The figures that goals speak of, by orders in flight.
    static let goals: [Int: (name: String, goal: Goal)] = [
        32: ("order_p99_ms", .atMost(100)), 256: ("order_per_s", .atLeast(1000)),
    ]

    let system: OrderSystem
    let scope: Scope

    func measure() async throws -> [Figure] {
        guard scope.wants(.orders) else { return [] }
        Progress.show("orders: warming up")
        _ = try await OrderLoad(system: system, name: "warm", inFlight: 4, count: 40).run()
        var figures: [Figure] = []
        for level in scope.levels where scope.wants(level: level) { figures += try await measure(level) }
        for service in system.services {
            let facts = try system.facts(service)
            figures.append(Figure("loaded_rss_mib_\(figureWord(service))", facts.residentMiB, "MiB"))
            figures.append(Figure("loaded_own_mib_\(figureWord(service))", facts.ownMiB, "MiB"))
        }
        return figures
    }

    private func measure(_ level: Int) async throws -> [Figure] {
        let load = OrderLoad(
            system: system, name: "b\(level)", inFlight: level, count: scope.orders(at: level))
        let before = try await ServiceCosts.read(system)
        let outcome = try await load.run()
        let costs = try await ServiceCosts.read(system).since(before)
        try await checkCompleted(load.name, outcome.times.count)
        let times = times(outcome, level)
        let known = Self.goals[level].map { named in
            times.filter { $0.name == "\(named.name)_\(level)" }.map {
                Figure(named.name, $0.value, $0.unit, named.goal)
            }
        }
        return (known ?? []) + times + perOrder(costs, Double(outcome.times.count), level)
    }

    private func times(_ outcome: OrderLoad.Outcome, _ level: Int) -> [Figure] {
        let all = outcome.times
        let whole = Samples(all.map(\.whole))
        return [
            Figure("order_per_s_\(level)", Double(all.count) / outcome.elapsed.inSeconds, "1/s"),
            Figure("order_p50_ms_\(level)", whole.p50, "ms"),
            Figure("order_p99_ms_\(level)", whole.p99, "ms"),
            Figure("order_submit_p50_ms_\(level)", Samples(all.map(\.submit)).p50, "ms"),
            Figure("order_pay_p50_ms_\(level)", Samples(all.map(\.pay)).p50, "ms"),
            Figure("order_end_p50_ms_\(level)", Samples(all.map(\.end)).p50, "ms"),
            Figure("order_refusals_\(level)", Double(outcome.refusals), "1"),
        ]
    }

    private func perOrder(_ costs: ServiceCosts, _ orders: Double, _ level: Int) -> [Figure] {
        var figures: [Figure] = []
        let syncs = costs.commits.values.reduce(0, +)
        figures.append(Figure("syncs_per_order_\(level)", syncs / orders, "1"))
        for service in system.services {
            guard let commits = costs.commits[service] else { continue }
            figures.append(Figure("syncs_per_order_\(figureWord(service))_\(level)", commits / orders, "1"))
        }
        let parts = system.services + [ServiceCosts.bench]
        let seconds = parts.reduce(0) { $0 + costs.cpuSeconds[$1, default: 0] }
        figures.append(Figure("cpu_ms_per_order_\(level)", seconds * 1000 / orders, "ms"))
        for service in parts + [ServiceCosts.elsewhere] {
            // The kernel counts in ticks, so a difference of sums can come out just below 0.
            let value = max(0, costs.cpuSeconds[service, default: 0]) * 1000 / orders
            figures.append(Figure("cpu_ms_per_order_\(figureWord(service))_\(level)", value, "ms"))
        }
        return figures
    }

    /// What the buyers saw must be what the order store has.
    private func checkCompleted(_ name: String, _ count: Int) async throws {
        Progress.show("orders: counting those that are completed")
        var completed = 0
        var page = ListOrders.Params.with {
            $0.status = .completed
            $0.limit = 1000
        }
        repeat {
            let result = try await system.caller("order-store").call(ListOrders.self, page)
            completed += result.orders.count { $0.orderNum.hasPrefix("\(name)-") }
            page.nextToken = result.nextToken
        } while page.nextToken != nil
        guard completed == count else {
            throw BenchFault(
                "\(count) orders \(name)-… ended, but the order store has completed \(completed) of them")
        }
    }
}
