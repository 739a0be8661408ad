/// Whether what the callers of one object saw can have happened one call at a time, each at some moment between its begin
/// and its end: the search of Wing and Gong, with the memory of Lowe.
///
/// The search is exponential in the calls that overlap, so a history is of one object: for an execution that is some
/// dozens of calls.
package struct LinearizabilityCheck<Model: SequentialModel> {
    package typealias Record = CallRecord<Model.Call, Model.Answer>

    package enum Verdict: Equatable {
        case linearizable
        /// The most calls that fit, in an order in which they do, as positions in the history.
        case impossible(longest: [Int])
        /// It was given up after so many steps, which proves nothing.
        case undecided
    }

    private struct Visited: Hashable {
        let done: [UInt64]
        let state: Model.State
    }

    private let model: Model
    private let history: [Record]
    private let stepsMax: Int

    package init(_ model: Model, _ history: [Record], stepsMax: Int = 2_000_000) {
        self.model = model
        self.history = history
        self.stepsMax = stepsMax
    }

    package var verdict: Verdict {
        var search = Search(model: model, history: history, stepsMax: stepsMax)
        return search.run()
    }

    private struct Search {
        let model: Model
        let history: [Record]
        let stepsMax: Int
        var visited: Set<Visited> = []
        var steps = 0
        var order: [Int] = []
        var longest: [Int] = []
        var done: [UInt64] = []
        var answeredLeft = 0

        mutating func run() -> Verdict {
            done = Array(repeating: 0, count: history.count / 64 + 1)
            answeredLeft = history.count { $0.end != nil }
            switch extend(model.initial) {
            case true?: return .linearizable
            case false?: return .impossible(longest: longest)
            case nil: return .undecided
            }
        }

        /// True: the rest fits behind `state`. nil: given up.
        private mutating func extend(_ state: Model.State) -> Bool? {
            if answeredLeft == 0 { return true }
            guard visited.insert(Visited(done: done, state: state)).inserted else { return false }
            steps += 1
            guard steps <= stepsMax else { return nil }
            // A call may come next unless another one, still to come, had ended before it began.
            var bound = Int64.max
            for (index, record) in history.enumerated() where !isDone(index) {
                if let end = record.end { bound = min(bound, end) }
            }
            for (index, record) in history.enumerated() where !isDone(index) && record.begin <= bound {
                for next in model.next(state, record.call, record.answer) {
                    mark(index, record, isDone: true)
                    order.append(index)
                    if order.count > longest.count { longest = order }
                    let fits = extend(next)
                    order.removeLast()
                    mark(index, record, isDone: false)
                    if fits != false { return fits }
                }
            }
            return false
        }

        private func isDone(_ index: Int) -> Bool { done[index / 64] & 1 << UInt64(index % 64) != 0 }

        private mutating func mark(_ index: Int, _ record: Record, isDone: Bool) {
            done[index / 64] ^= 1 << UInt64(index % 64)
            if record.end != nil { answeredLeft += isDone ? -1 : 1 }
        }
    }
}
