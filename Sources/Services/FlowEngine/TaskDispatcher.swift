import FlowDefinition
import Primitives

/// Which attempts wait, which are being called, and how much each binding and service may take. It decides;
/// the service makes the calls.
final class TaskDispatcher {
    private let concurrencyMax: Int
    private var deliveries: [Int64: [Int64: Delivery]] = [:]
    private var lines: [String: DeliveryLine] = [:]
    /// Of the targets that were called or are waited for.
    private(set) var health: [TaskTarget: TargetHealth] = [:]
    private(set) var inFlight = 0
    /// Attempts that stand in a line, those that were abandoned there among them.
    private(set) var waitingCount = 0

    init(concurrencyMax: Int) { self.concurrencyMax = concurrencyMax }

    /// Without those whose service can't be reached: they wait for it, however long, and keep nobody busy.
    var waitingCountOfReachable: Int {
        lines.values.reduce(0) { count, line in
            guard let next = line.next, health(of: next.binding.target).connectFailures == 0 else {
                return count
            }
            return count + line.waitingCount
        }
    }

    var count: Int { deliveries.values.reduce(0) { $0 + $1.count } }
    var isEmpty: Bool { deliveries.isEmpty }

    func delivery(_ key: TaskKey) -> Delivery? { deliveries[key.execution]?[key.scheduledEventID] }

    func deliveries(of execution: Int64) -> [Delivery] {
        deliveries[execution].map { Array($0.values) } ?? []
    }

    func add(_ delivery: Delivery) {
        deliveries[delivery.key.execution, default: [:]][delivery.key.scheduledEventID] = delivery
        enqueue(delivery)
    }

    func remove(_ delivery: Delivery) {
        deliveries[delivery.key.execution]?[delivery.key.scheduledEventID] = nil
        if deliveries[delivery.key.execution]?.isEmpty == true { deliveries[delivery.key.execution] = nil }
        // It is skipped when its turn in the line comes.
        delivery.isAbandoned = true
    }

    /// Puts an attempt at the end of its binding's line.
    func enqueue(_ delivery: Delivery) {
        delivery.state = .waiting
        let binding = delivery.binding
        let line = line(of: binding)
        line.concurrencyMax = binding.concurrencyMax
        line.append(delivery)
        waitingCount += 1
    }

    private func line(of binding: ResourceBinding) -> DeliveryLine {
        if let line = lines[binding.pattern.text] { return line }
        let line = DeliveryLine(concurrencyMax: binding.concurrencyMax)
        lines[binding.pattern.text] = line
        return line
    }

    func health(of target: TaskTarget) -> TargetHealth {
        if let known = health[target] { return known }
        let new = TargetHealth()
        health[target] = new
        return new
    }

    /// The next attempt of the binding that may be called now; it counts as being called from here on.
    func next(_ binding: ResourceBinding) -> Delivery? {
        guard let line = lines[binding.pattern.text] else { return nil }
        while let delivery = line.next {
            if delivery.isAbandoned {
                line.removeNext()
                waitingCount -= 1
                continue
            }
            let health = health(of: delivery.binding.target)
            guard inFlight < concurrencyMax, line.inFlight < line.concurrencyMax, health.mayCall else {
                return nil
            }
            line.removeNext()
            waitingCount -= 1
            line.inFlight += 1
            inFlight += 1
            health.inFlight += 1
            if health.connectFailures > 0 { health.isProbing = true }
            return delivery
        }
        return nil
    }

    /// The call has returned, whatever it brought.
    func noteReturned(_ binding: ResourceBinding) {
        inFlight -= 1
        lines[binding.pattern.text]?.inFlight -= 1
        health[binding.target]?.inFlight -= 1
    }

    /// The bindings that have attempts waiting, one attempt of each.
    var waitingBindings: [ResourceBinding] { lines.values.compactMap { $0.next?.binding } }

    func waitingCount(_ target: TaskTarget) -> Int {
        deliveries.values.reduce(0) { count, byEvent in
            count
                + byEvent.values.count { delivery in
                    if case .calling = delivery.state { return false }
                    return delivery.binding.target == target
                }
        }
    }

    /// Cancels every call and timer.
    func stop() {
        for delivery in deliveries.values.flatMap(\.values) { delivery.cancel() }
        for target in health.values {
            target.pause?.cancel()
            target.pause = nil
        }
        deliveries.removeAll()
        lines.removeAll()
        waitingCount = 0
    }
}

extension Delivery {
    /// Ends the call or the pause it is in.
    func cancel() {
        isAbandoned = true
        switch state {
        case .waiting: return
        case .calling(let call): call.cancel()
        case .pausing(let timer): timer.cancel()
        }
    }
}
