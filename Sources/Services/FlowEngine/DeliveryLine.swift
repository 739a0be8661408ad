/// The attempts of one binding that wait, and how many are being called.
///
/// Those of executions that are under way come before first ones, three to one: what was begun ends before
/// more is begun, so that a line that is long lets as many executions end as a short one. Among themselves
/// they are served as they came.
final class DeliveryLine {
    var concurrencyMax: Int
    var inFlight = 0
    private var underWay = DeliveryQueue()
    private var first = DeliveryQueue()
    /// Since one that begins an execution was taken.
    private var takenUnderWay = 0

    init(concurrencyMax: Int) { self.concurrencyMax = concurrencyMax }

    var waitingCount: Int { underWay.count + first.count }

    /// The one that is next.
    var next: Delivery? { takesUnderWay ? underWay.head : first.head }

    private var takesUnderWay: Bool {
        if underWay.count == 0 { return false }
        return first.count == 0 || takenUnderWay < Self.underWayInTurn
    }

    private static let underWayInTurn = 3

    func append(_ delivery: Delivery) {
        if delivery.isUnderWay { underWay.append(delivery) } else { first.append(delivery) }
    }

    /// Takes away the one that is next.
    func removeNext() {
        if takesUnderWay {
            underWay.removeHead()
            takenUnderWay += 1
        } else {
            first.removeHead()
            takenUnderWay = 0
        }
    }
}

private struct DeliveryQueue {
    private var waiting: [Delivery] = []
    private var start = 0

    var count: Int { waiting.count - start }
    var head: Delivery? { start < waiting.count ? waiting[start] : nil }

    mutating func append(_ delivery: Delivery) { waiting.append(delivery) }

    mutating func removeHead() {
        start += 1
        guard start > 64, start * 2 > waiting.count else { return }
        waiting.removeFirst(start)
        start = 0
    }
}
