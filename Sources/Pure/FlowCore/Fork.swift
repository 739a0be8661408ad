import FlowDefinition
import Primitives

/// The threads of a parallel or foreach step.
struct Fork: Sendable, Equatable {
    /// The event that causes each BranchEntered or IterationEntered.
    let startedEventID: Int64
    /// The elements of a foreach; nil for a parallel.
    let items: [JSONValue]?
    /// How many there are in all.
    let count: Int
    /// The next one to start.
    var next = 0
    var running = 0
    /// The local of each one that has exited, null for the others.
    var results: [JSONValue]
    /// What every iteration inherits: the step's input without the keys of the item and its index.
    private let inherited: JSONObject
    private let inheritedSize: Int

    init(parallel: ParallelStep, startedEventID: Int64, input: JSONObject, inputSize: Int) {
        self.startedEventID = startedEventID
        items = nil
        count = parallel.branches.count
        results = Array(repeating: .null, count: count)
        inherited = input
        inheritedSize = inputSize
    }

    /// Nil when the collection is no array.
    init?(foreach: ForeachStep, startedEventID: Int64, input: JSONObject, inputSize: Int) {
        guard let items = foreach.collection.value(in: .object(input))?.arrayValue else { return nil }
        self.startedEventID = startedEventID
        self.items = items
        count = items.count
        results = Array(repeating: .null, count: count)
        var inherited = input
        var size = inputSize
        for key in [foreach.item, foreach.index].compactMap({ $0 }) {
            guard let hidden = inherited[key] else { continue }
            size -= JSONObject.memberSize(key, hidden.measure.size)
            inherited[key] = .none
        }
        self.inherited = inherited
        inheritedSize = size
    }

    func canStart(atOnceMax: Int) -> Bool { next < count && running < atOnceMax }
    var isComplete: Bool { next == count && running == 0 }

    /// The list of a branch or iteration; nil when the step has none of this number.
    func list(_ index: Int, of body: StepBody) -> SerialList? {
        switch body {
        case .parallel(let parallel):
            guard parallel.branches.indices.contains(index) else { return nil }
            return SerialList(steps: parallel.branches[index], input: inherited, inputSize: inheritedSize)
        case .foreach(let foreach):
            guard let items, items.indices.contains(index) else { return nil }
            var own: JSONObject = [foreach.item: items[index]]
            if let key = foreach.index { own[key] = .integer(Int64(index)) }
            let size = inheritedSize + own.measure.size - JSONObject.emptySize
            return SerialList(steps: foreach.steps, input: inherited.merging(own), inputSize: size)
        default: return nil
        }
    }
}
