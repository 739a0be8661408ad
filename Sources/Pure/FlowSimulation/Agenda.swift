import FlowCore
import Primitives

/// What will be heard of tasks, earliest first; of two at the same time the one that was added first.
struct Agenda {
    struct Entry {
        let time: Timestamp
        let number: Int
        let input: Input

        func precedes(_ other: Entry) -> Bool { (time, number) < (other.time, other.number) }
    }

    /// A binary heap.
    private var entries: [Entry] = []
    private var added = 0

    var first: Entry? { entries.first }

    mutating func add(_ input: Input, at time: Timestamp) {
        entries.append(Entry(time: time, number: added, input: input))
        added += 1
        var child = entries.count - 1
        while child > 0, entries[child].precedes(entries[(child - 1) / 2]) {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeFirst() -> Entry? {
        guard let last = entries.popLast() else { return nil }
        guard let first = entries.first else { return last }
        entries[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < entries.count && entries[child].precedes(entries[least]) { least = child }
            guard least != parent else { return first }
            entries.swapAt(parent, least)
            parent = least
        }
    }
}
