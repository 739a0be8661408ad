/// What is to happen, in the order of the virtual time. What is due at the same time comes in an order that the seed
/// decides. Units: microseconds since the simulation began.
final class EventQueue: @unchecked Sendable { // touched by the one thread of the simulation only
    /// Something that will happen unless it is canceled.
    final class Event: @unchecked Sendable {
        let time: Int64
        fileprivate let tie: UInt64
        fileprivate let number: Int
        fileprivate var body: (() -> Void)?

        fileprivate init(time: Int64, tie: UInt64, number: Int, body: @escaping () -> Void) {
            self.time = time
            self.tie = tie
            self.number = number
            self.body = body
        }

        var isPending: Bool { body != nil }

        func cancel() { body = nil }

        fileprivate func comes(before other: Event) -> Bool {
            if time != other.time { return time < other.time }
            return tie != other.tie ? tie < other.tie : number < other.number
        }
    }

    private(set) var now: Int64 = 0
    /// Events that happened.
    private(set) var steps = 0
    /// The loop whose turn it is.
    weak var current: SimulatedLoop?
    private var heap: [Event] = []
    private var made = 0
    private var chance: Chance

    init(seed: UInt64) { chance = Chance(seed: seed, of: "order") }

    @discardableResult
    func at(_ time: Int64, _ body: @escaping () -> Void) -> Event {
        made += 1
        let event = Event(time: max(time, now), tie: chance.bits(), number: made, body: body)
        heap.append(event)
        var index = heap.count - 1
        while index > 0, heap[index].comes(before: heap[(index - 1) / 2]) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
        return event
    }

    @discardableResult
    func after(_ delay: Int64, _ body: @escaping () -> Void) -> Event { at(now + delay, body) }

    /// Makes the next thing happen. False: there is nothing left.
    func step() -> Bool {
        while let event = takeFirst() {
            guard let body = event.body else { continue }
            event.body = nil
            now = max(now, event.time)
            steps += 1
            body()
            return true
        }
        return false
    }

    private func takeFirst() -> Event? {
        guard let first = heap.first else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var index = 0
        while true {
            var smallest = index
            for child in [2 * index + 1, 2 * index + 2]
            where child < heap.count && heap[child].comes(before: heap[smallest]) { smallest = child }
            if smallest == index { return first }
            heap.swapAt(index, smallest)
            index = smallest
        }
    }
}
