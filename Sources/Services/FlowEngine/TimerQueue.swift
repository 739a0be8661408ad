import Primitives

/// The next deadline of each execution that has one, and one timer of the loop for the earliest.
///
/// A deadline that changes leaves its old place in the heap behind, which is skipped when it comes up; the
/// heap is made anew when most of it is such remains.
struct TimerQueue {
    private struct Place {
        let time: Timestamp
        let execution: Int64
    }

    private var heap: [Place] = []
    private var deadlines: [Int64: Timestamp] = [:]
    private var armed: (time: Timestamp, timer: any LoopTimer)?

    var count: Int { deadlines.count }
    /// With what deadlines that changed have left behind.
    var placeCount: Int { heap.count }

    func deadline(of execution: Int64) -> Timestamp? { deadlines[execution] }

    mutating func set(_ execution: Int64, _ deadline: Timestamp?) {
        guard let deadline else {
            deadlines[execution] = nil
            return
        }
        guard deadlines.updateValue(deadline, forKey: execution) != deadline else { return }
        push(Place(time: deadline, execution: execution))
        if heap.count > 2 * deadlines.count + 1024 { rebuild() }
    }

    /// Takes out at most `limit` executions whose deadline has come.
    mutating func takeDue(at now: Timestamp, limit: Int) -> [Int64] {
        var due: [Int64] = []
        while due.count < limit, let top = earliest, top <= now {
            let place = pop()
            deadlines[place.execution] = nil
            due.append(place.execution)
        }
        return due
    }

    /// Makes the loop's timer fit the earliest deadline.
    mutating func arm(on loop: any ServiceLoop, _ fire: @escaping @Sendable () -> Void) {
        guard let time = earliest else { return disarm() }
        if let armed, armed.time == time { return }
        disarm()
        armed = (time, loop.at(time, fire))
    }

    mutating func disarm() {
        armed?.timer.cancel()
        armed = nil
    }

    /// The timer has fired and is no more.
    mutating func noteFired() { armed = nil }

    private var earliest: Timestamp? {
        mutating get {
            while let top = heap.first, deadlines[top.execution] != top.time { _ = pop() }
            return heap.first?.time
        }
    }

    private mutating func rebuild() {
        heap.removeAll(keepingCapacity: true)
        for (execution, time) in deadlines { push(Place(time: time, execution: execution)) }
    }

    private mutating func push(_ place: Place) {
        heap.append(place)
        var index = heap.count - 1
        while index > 0, heap[index].time < heap[(index - 1) / 2].time {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    private mutating func pop() -> Place {
        heap.swapAt(0, heap.count - 1)
        let top = heap.removeLast()
        var index = 0
        while true {
            var smallest = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count {
                if heap[child].time < heap[smallest].time { smallest = child }
            }
            if smallest == index { return top }
            heap.swapAt(index, smallest)
            index = smallest
        }
    }
}
