/// What of all that can be measured is asked for.
struct Scope: Sendable {
    enum Section: CaseIterable {
        case disk, sizes, steps, coldStart, idle, orders, trace, web, search, pages
    }

    let orders: Int
    /// Orders in flight.
    let levels: [Int]
    /// Beginnings of names; empty: all figures.
    let selection: [String]
    let isQuick: Bool
    let traces: Bool

    static let services = [
        "flow_engine", "order_store", "payment_gateway", "supplier_rules", "flow_web", "http_egress",
    ]
    static let programs = services + ["fnfctl"]

    var allNames: [String] { Section.allCases.flatMap(names) }

    /// The names without service and level.
    var families: [String] {
        let ends = Self.programs.map { "_\($0)" }
        return allNames.reduce(into: []) { families, name in
            var family = name
            for level in levels where family.hasSuffix("_\(level)") { family.removeLast("_\(level)".count) }
            for end in ends where family.hasSuffix(end) { family.removeLast(end.count) }
            if !families.contains(family) { families.append(family) }
        }
    }

    func wants(_ name: String) -> Bool { selection.isEmpty || selection.contains { name.hasPrefix($0) } }
    func wants(_ section: Section) -> Bool { names(of: section).contains { wants($0) } }
    func wants(level: Int) -> Bool { Self.orderNames(level).contains { wants($0) } }

    /// At one in flight the figures settle early.
    func orders(at level: Int) -> Int { level == 1 ? max(20, orders / 10) : orders }

    private func names(of section: Section) -> [String] {
        switch section {
        case .disk: ["disk_sync_p50_ms", "disk_sync_p99_ms", "disk_sync_per_s"]
        case .sizes: Self.programs.map { "binary_mib_\($0)" }
        case .steps: StepCosts.names
        case .coldStart:
            ["cold_start_ms"] + Self.services.flatMap { ["cold_start_ms_\($0)", "cold_start_max_ms_\($0)"] }
        case .idle:
            ["idle_rss_mib", "idle_wakeups_per_s"]
                + Self.services.flatMap {
                    ["idle_own_mib_\($0)", "idle_rss_mib_\($0)", "idle_wakeups_per_s_\($0)"]
                }
        case .orders:
            levels.flatMap(Self.orderNames)
                + Self.services.flatMap { ["loaded_rss_mib_\($0)", "loaded_own_mib_\($0)"] }
        case .web: WebLoad.names
        case .search: SearchLoad.names
        case .pages: PageLoad.names
        case .trace:
            traces ? ["traced_syncs_per_order"] + Self.services.map { "traced_syncs_per_order_\($0)" } : []
        }
    }

    private static func orderNames(_ level: Int) -> [String] {
        let whole = [
            "order_per_s", "order_p50_ms", "order_p99_ms", "order_submit_p50_ms", "order_pay_p50_ms",
            "order_end_p50_ms",
            "order_refusals", "syncs_per_order", "cpu_ms_per_order", "cpu_ms_per_order_bench",
            "cpu_ms_per_order_elsewhere",
        ]
        let each = services.flatMap { ["syncs_per_order_\($0)", "cpu_ms_per_order_\($0)"] }
        return (whole + each).map { "\($0)_\(level)" }
    }
}
