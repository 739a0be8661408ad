import BenchReport

/// One run: the parts that are asked for, one after the other.
struct BenchRun {
    let place: Workplace
    let scope: Scope
    let logsToJournal: Bool
    private var figures: [Figure] = []

    init(place: Workplace, scope: Scope, logsToJournal: Bool) {
        self.place = place
        self.scope = scope
        self.logsToJournal = logsToJournal
    }

    mutating func measure() async throws -> [Figure] {
        for section in Section.allCases where scope.wants(section) { figures += try await measure(section) }
        Progress.clear()
        return figures.filter { scope.wants($0.name) }
    }

    private func measure(_ section: Section) async throws -> [Figure] {
        let quick = scope.isQuick
        switch section {
        case .disk: return try DiskLimit(folder: place.folder).measure(quick: quick)
        case .store: return try StoreLimit(folder: place.folder).measure(quick: quick)
        case .echo: return try await EchoFigures(place: place).measure(quick: quick)
        case .three: return try await flows().threeTasks()
        case .chain: return try await flows().chain()
        case .callback: return try await CallbackDelay(place: place).measure(quick: quick)
        case .overload: return try await OverloadFigures(place: place).measure(quick: quick)
        case .timers: return try await TimerFigures(place: place).measure(quick: quick)
        case .million:
            return try await MillionFigures(place: place, count: scope.waiting).measure(quick: quick)
        case .growth: return try await GrowthFigures(place: place, target: scope.events).measure(quick: quick)
        case .sizes: return try BinarySizes(plan: place.plan()).measure()
        case .coldStart: return try await ColdStart(place: place).measure(quick: quick)
        case .idle: return try await orderSystem()
        // All with the one system, which the first of them starts.
        case .orders, .backup, .trace:
            let before = [Section.idle, .orders, .backup, .trace].prefix { $0 != section }
            return before.contains(where: scope.wants) ? [] : try await orderSystem()
        case .journal: return try await JournalOrders(place: place, orders: scope.orders).measure()
        case .steps: return try StepCosts().measure(quick: quick)
        case .web: return try await WebLoad(place: place).measure(quick: quick)
        case .search: return try await SearchLoad(place: place, count: scope.executions).measure(quick: quick)
        case .pages: return try await PageLoad(place: place, count: scope.executions).measure(quick: quick)
        }
    }

    /// The limit that a flow alone is held against is measured in the same run.
    private func flows() throws -> FlowFigures {
        let known = figures.first { $0.name == "disk_sync_p50_ms" }
        let measured = try known.map { [$0] } ?? DiskLimit(folder: place.folder).measure(quick: true)
        let sync = measured.first { $0.name == "disk_sync_p50_ms" }?.value ?? 0
        return FlowFigures(place: place, scope: scope, syncP50: sync)
    }

    /// Whatever needs all services running, at rest first.
    private func orderSystem() async throws -> [Figure] {
        let system = try await OrderSystem.start(in: place, logsToJournal: logsToJournal)
        var figures: [Figure] = []
        do {
            if scope.wants(.idle) {
                figures += try await IdleCost(system: system).measure(quick: scope.isQuick)
            }
            figures += try await OrderFigures(system: system, scope: scope).measure()
            figures += try await BackupStall(system: system, scope: scope).measure()
            if scope.wants(.trace) { figures += try await SyncTrace(system: system, scope: scope).measure() }
        } catch {
            await system.stop()
            throw error
        }
        await system.stop()
        return figures
    }
}
