import Primitives

/// Wall-clock timers with the earliest on top; equal times in the order they were set.
struct TimerHeap {
    private var slots: [(timer: WallTimer, number: UInt64)] = []
    private var lastNumber: UInt64 = 0
    private var canceledCount = 0

    var first: WallTimer? { slots.first?.timer }
    var count: Int { slots.count }

    mutating func insert(_ timer: WallTimer) {
        lastNumber += 1
        slots.append((timer, lastNumber))
        siftUp(slots.count - 1)
    }

    mutating func popDue(_ now: Timestamp) -> WallTimer? {
        guard let first, first.time <= now else { return nil }
        if first.isCanceled { canceledCount -= 1 }
        return removeFirst()
    }

    mutating func dropCanceledFirst() {
        while let first, first.isCanceled {
            canceledCount -= 1
            _ = removeFirst()
        }
    }

    /// Half of the heap may be canceled timers, not more.
    mutating func noteCanceled() {
        canceledCount += 1
        guard canceledCount > 64, canceledCount > slots.count / 2 else { return }
        let kept = slots.filter { !$0.timer.isCanceled }
        slots = kept.sorted(by: Self.precedes)
        canceledCount = 0
    }

    private mutating func removeFirst() -> WallTimer {
        slots.swapAt(0, slots.count - 1)
        let removed = slots.removeLast().timer
        siftDown()
        return removed
    }

    private static func precedes(
        _ left: (timer: WallTimer, number: UInt64), _ right: (timer: WallTimer, number: UInt64)
    )
        -> Bool
    {
        (left.timer.time, left.number) < (right.timer.time, right.number)
    }

    private mutating func siftUp(_ start: Int) {
        var index = start
        while index > 0, Self.precedes(slots[index], slots[(index - 1) / 2]) {
            slots.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    private mutating func siftDown() {
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2]
            where child < slots.count && Self.precedes(slots[child], slots[least]) { least = child }
            if least == index { return }
            slots.swapAt(index, least)
            index = least
        }
    }
}
