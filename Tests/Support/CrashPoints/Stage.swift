package import Primitives

/// One thread, one virtual clock and the loops of several processes, which take turns in the order in which they became
/// ready: the same processes do the same in each run.
package final class Stage: @unchecked Sendable { // touched by the one thread that calls `run` only
    /// What every clock shows.
    package private(set) var now = Timestamp(rfc3339: "2026-11-23T09:30:00Z") ?? Timestamp(microseconds: 0)
    private var ready: [StageLoop] = []
    private var timers: [Armed] = []
    private var armedCount = 0
    /// Turns so far. A run that passes the bound has stopped getting anywhere.
    private(set) var turns = 0
    static let turnsMax = 200_000

    struct Armed {
        let due: Timestamp
        let number: Int
        let fire: () -> Void
    }

    package init() {}

    func wake(_ loop: StageLoop) { ready.append(loop) }

    func arm(_ due: Timestamp, _ fire: @escaping () -> Void) -> Int {
        armedCount += 1
        let armed = Armed(due: due, number: armedCount, fire: fire)
        // The latest first, so that the next one is cheap to take.
        let index = timers.firstIndex { ($0.due, $0.number) < (due, armed.number) } ?? timers.endIndex
        timers.insert(armed, at: index)
        return armed.number
    }

    func disarm(_ number: Int) { timers.removeAll { $0.number == number } }

    /// Goes on until `isDone` holds. False: nothing is left to do before the clock shows `end`, or nothing comes of it.
    @discardableResult
    func run(until end: Timestamp, _ isDone: () -> Bool = { false }) -> Bool {
        while !isDone() {
            turns += 1
            guard turns < Self.turnsMax else { return false }
            if !ready.isEmpty {
                // Time passes with each turn, so that no two turns write the same time into a history.
                now = now.advanced(by: .milliseconds(1))
                ready.removeFirst().turn()
            } else if let next = timers.last, next.due <= end {
                timers.removeLast()
                now = max(now, next.due)
                next.fire()
            } else {
                now = max(now, end)
                return false
            }
        }
        return true
    }
}
