import Primitives

/// What is on its way to one subscription.
final class PushLine {
    /// The calls under way, by push.
    var calls: [Int64: Task<Void, Never>] = [:]
    /// Nothing is sent before: who carries the pushes could not be reached.
    var pausedUntil: Timestamp?
    /// How often in a row it could not.
    var outages: Int64 = 0
    /// Pushes given up since the journal was told last.
    var dropsUntold: Int64 = 0
    var dropsTold: Timestamp?
}

/// What the engine knows of its topics beside the store: who is being called, and what this tick did.
struct TopicDesk {
    /// By subscription, those that have pushes.
    private(set) var lines: [Int64: PushLine] = [:]
    /// When something is due for a subscription.
    var timers = TimerQueue()
    private(set) var callsCount = 0
    /// Subscriptions that wait because too many calls are under way in all, in the order in which they came.
    private var starved: [Int64] = []
    /// Pushes on disk.
    var pending: Int64 = 0
    var tally = TopicTally()
    /// Subscriptions that got something in this tick.
    var touched: Set<Int64> = []
    /// Executions of which a task publishes in this tick and goes on when that is on disk.
    var publishing: Set<Int64> = []
    /// Whether the end of this tick is asked for.
    var isTickNoted = false
    /// Whether pushes of deleted subscriptions are being removed.
    var isPurging = false

    var isEmpty: Bool { lines.isEmpty }

    mutating func line(_ subscription: Int64) -> PushLine {
        if let line = lines[subscription] { return line }
        let line = PushLine()
        lines[subscription] = line
        return line
    }

    mutating func noteCall(_ push: Int64, _ call: Task<Void, Never>, on line: PushLine) {
        line.calls[push] = call
        callsCount += 1
    }

    mutating func noteReturned(_ push: Int64, on line: PushLine?) {
        guard line?.calls.removeValue(forKey: push) != nil else { return }
        callsCount -= 1
    }

    mutating func starve(_ subscription: Int64) {
        if !starved.contains(subscription) { starved.append(subscription) }
    }

    mutating func nextStarved() -> Int64? { starved.isEmpty ? nil : starved.removeFirst() }

    /// Nothing of it waits any more; calls under way are given up.
    mutating func dismiss(_ subscription: Int64) {
        timers.set(subscription, nil)
        starved.removeAll { $0 == subscription }
        guard let line = lines.removeValue(forKey: subscription) else { return }
        for call in line.calls.values { call.cancel() }
        callsCount -= line.calls.count
        line.calls = [:]
    }

    /// Cancels every call.
    mutating func stop() {
        for key in Array(lines.keys) { dismiss(key) }
        timers.disarm()
    }

    /// Ends the tick; returns what it did, whom it gave something, and which executions wait for it.
    mutating func endTick() -> (tally: TopicTally, touched: Set<Int64>, publishing: Set<Int64>) {
        defer {
            tally = TopicTally()
            touched = []
            publishing = []
            isTickNoted = false
        }
        return (tally, touched, publishing)
    }
}
