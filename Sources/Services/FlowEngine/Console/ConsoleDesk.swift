import FlowDefinition
import FlowEngineAPI
import Primitives
import RPCProtocol

/// What the engine keeps for consoles beside the index: latencies, and who follows the counts.
struct ConsoleDesk {
    var servingSince = Timestamp(microseconds: 0)
    private(set) var commits: Int64 = 0
    private(set) var taskLatency = LatencyRing()
    private(set) var commitLatency = LatencyRing()
    /// The tasks' resources by step, of definitions that were asked for.
    private var resources: [String: [String: String]] = [:]
    private static let definitionsMax = 64

    /// Searches under way.
    var searches = 0

    var followers: [Int64: StreamSink<WatchActivity>] = [:]
    /// What was told last.
    var told: ActivitySummary?
    /// Runs for a while after something was told.
    var pause: (any LoopTimer)?
    /// Something happened in the pause.
    var isChanged = false

    mutating func noteCommit(_ latency: Duration, at time: Timestamp) {
        commits += 1
        commitLatency.note(latency, at: time)
    }

    mutating func noteTask(_ latency: Duration, at time: Timestamp?) {
        if let time { taskLatency.note(latency, at: time) }
    }

    /// The resource of a step's task.
    mutating func resource(of step: String, in definition: PinnedDefinition) -> String? {
        if let known = resources[definition.id] { return known[step] }
        if resources.count >= Self.definitionsMax { resources.removeAll(keepingCapacity: true) }
        var found: [String: String] = [:]
        for step in definition.flow.allSteps {
            if case .task(let task) = step.body { found[step.name] = task.resourceArn }
        }
        resources[definition.id] = found
        return found[step]
    }
}
