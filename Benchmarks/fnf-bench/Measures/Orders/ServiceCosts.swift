/// What each service has spent so far; the difference of two readings is the cost of what was between.
struct ServiceCosts: Sendable {
    /// This process: the load and the supervisor.
    static let bench = "bench"
    /// Threads of the kernel, and whatever else ran meanwhile: much of it spoils the figures.
    static let elsewhere = "elsewhere"

    /// Commits to disk, each of them one fdatasync; without the services that do not count them.
    private(set) var commits: [String: Double] = [:]
    private(set) var cpuSeconds: [String: Double] = [:]

    static func read(_ system: OrderSystem) async throws -> ServiceCosts {
        var costs = ServiceCosts()
        for service in system.services {
            costs.commits[service] = try await system.commits(service)
            costs.cpuSeconds[service] = try system.facts(service).cpuSeconds
        }
        costs.cpuSeconds[bench] = ProcessFacts.own.cpuSeconds
        costs.cpuSeconds[elsewhere] = ProcessFacts.machineCPUSeconds - costs.cpuSeconds.values.reduce(0, +)
        return costs
    }

    func since(_ before: ServiceCosts) -> ServiceCosts {
        var costs = ServiceCosts()
        costs.commits = commits.merging(before.commits) { $0 - $1 }
        costs.cpuSeconds = cpuSeconds.merging(before.cpuSeconds) { $0 - $1 }
        return costs
    }
}
