import BenchReport

/// The parts of the bench, in the order in which they are measured.
enum Section: CaseIterable, Sendable {
    case disk, store, echo
    case three, chain, callback, overload, timers, million, growth
    case sizes, coldStart, idle, orders, backup, trace, journal
    case steps, web, search, pages

    static let services = [
        "flow_engine", "order_store", "payment_gateway", "supplier_rules", "flow_web", "http_egress",
    ]
    static let programs = services + ["fnfctl"]

    func names(in scope: Scope) -> [String] {
        switch self {
        case .disk: DiskLimit.names
        case .store: StoreLimit.names
        case .echo: EchoFigures.names
        case .three: FlowFigures.threeNames
        case .chain: FlowFigures.chainNames
        case .callback: CallbackDelay.names
        case .overload: OverloadFigures.names
        case .timers: TimerFigures.names
        case .million: MillionFigures.names
        case .growth: GrowthFigures.names
        case .sizes: Self.programs.map { "binary_mib_\($0)" }
        case .coldStart:
            ["cold_start_ms"] + Self.services.flatMap { ["cold_start_ms_\($0)", "cold_start_max_ms_\($0)"] }
        case .idle:
            ["idle_rss_mib", "idle_wakeups_per_s"]
                + Self.services.flatMap {
                    ["idle_own_mib_\($0)", "idle_rss_mib_\($0)", "idle_wakeups_per_s_\($0)"]
                }
        case .orders:
            scope.levels.flatMap(Self.orderNames)
                + Self.services.flatMap { ["loaded_rss_mib_\($0)", "loaded_own_mib_\($0)"] }
        case .backup: BackupStall.names
        case .trace:
            scope.traces
                ? ["traced_syncs_per_order"] + Self.services.map { "traced_syncs_per_order_\($0)" } : []
        case .journal: JournalOrders.names
        case .steps: StepCosts.names
        case .web: WebLoad.names
        case .search: SearchLoad.names
        case .pages: PageLoad.names
        }
    }

    static func orderNames(_ level: Int) -> [String] {
        let whole = [
            "order_per_s", "order_p50_ms", "order_p99_ms", "order_submit_p50_ms", "order_pay_p50_ms",
            "order_end_p50_ms",
            "order_refusals", "syncs_per_order", "cpu_ms_per_order", "cpu_ms_per_order_bench",
            "cpu_ms_per_order_elsewhere",
        ]
        let each = services.flatMap { ["syncs_per_order_\($0)", "cpu_ms_per_order_\($0)"] }
        return (whole + each).map { "\($0)_\(level)" } + (OrderFigures.goals[level].map { [$0.name] } ?? [])
    }
}
