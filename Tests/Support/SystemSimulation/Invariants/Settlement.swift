import FaultyDisk
import FlowModel
import FlowStore
import FlowStoreSQLite
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives

/// What holds when faults have stopped and everything has come to its end.
enum Settlement {
    static func isSettled(_ system: SimulatedSystem) -> Bool {
        system.workload.isDone && system.orders.pending == 0 && system.payments.pending == 0
            && !system.journal.hasOpen && system.processes.allSatisfy(\.isServing)
            && !system.payments.payments.values.contains { $0.state == .accepted || $0.state == .confirmed }
            && hasWholeFeed(system)
    }

    private static func hasWholeFeed(_ system: SimulatedSystem) -> Bool {
        let ends = system.journal.executions.values.count { $0.end != nil }
        return system.workload.feed?.items.count == 2 * ends
    }

    /// What has not come to its end.
    static func unsettled(_ system: SimulatedSystem) -> String {
        var open: [String] = []
        if !system.workload.isDone { open.append("clients wait for \(system.workload.waitsFor)") }
        if system.orders.pending > 0 { open.append("order-store has \(system.orders.pending) messages") }
        if system.payments.pending > 0 {
            open.append("payment-gateway has \(system.payments.pending) messages")
        }
        open += system.journal.executions.values.filter { $0.end == nil }.map(\.name).sorted()
            .map { "\($0) has not ended" }
        open += system.processes.filter { !$0.isServing }.map { "\($0.name) does not serve" }
        open += system.payments.payments.values.filter { $0.state == .accepted || $0.state == .confirmed }
            .map { "the payment of \($0.order) is \($0.state.rawValue)" }.sorted()
        if !hasWholeFeed(system) { open.append("the feed has not told all") }
        return "it does not come to rest: " + open.joined(separator: "; ")
    }

    static func check(_ system: SimulatedSystem) {
        for order in system.orders.orders.values.sorted(by: { $0.number < $1.number }) {
            if let fault = fault(of: order, system) { return system.fail(fault) }
        }
        for number in system.promises.orders.keys where system.orders.orders[number] == nil {
            return system.fail("order \(number) was promised and is gone")
        }
        for charge in system.payments.charges.values where system.orders.orders[charge.order] == nil {
            return system.fail("\(charge.order) is charged and there is no such order")
        }
        checkFeed(system)
    }

    /// Order, execution and money agree.
    private static func fault(of order: OrderModel, _ system: SimulatedSystem) -> String? {
        let number = order.number
        guard order.status.isClosed else { return "order \(number) is \(order.status.rawValue) for ever" }
        let execution = system.journal.execution(OrderServiceBuilds.flow, number)
        guard let end = execution?.end else { return "order \(number) has no execution" }
        let charge = system.payments.charges[number]
        let payments = system.payments.payments.values.filter { $0.order == number }
        let live = payments.filter { $0.state != .voided }
        guard live.count <= 1 else { return "order \(number) has \(live.count) payments" }
        if let fault = fault(of: order, end, charge) { return fault }
        guard let charge else {
            return live.isEmpty ? nil : "a payment of \(number) is neither charged nor voided"
        }
        guard let payment = live.first, payment.id == charge.payment, payment.charged == charge.amount else {
            return "the charge of \(number) is not on its payment"
        }
        switch charge.state {
        case "recorded":
            guard order.price == charge.amount, order.method == charge.method else {
                return "\(number) was charged \(charge.amount), order-store has \(order.price ?? "nothing")"
            }
            // A charge that order-store knows is due back by the order's own reason.
            guard order.status == .completed || order.reason?.contains("due back") == true else {
                return
                    "\(number) is \(order.status.rawValue) and charged, and nobody says that it is due back"
            }
        case "refused":
            guard payment.state == .refundDue else {
                return "\(number) was charged in vain and the payment is \(payment.state.rawValue)"
            }
            guard order.price == nil else { return "\(number) refused its charge and has it" }
        default: return "the charge of \(number) is \(charge.state) for ever"
        }
        return nil
    }

    private static func fault(of order: OrderModel, _ end: HistoryEvent, _ charge: ChargeModel?) -> String? {
        let (number, status) = (order.number, order.status)
        switch (end.type, status) {
        case (.executionSucceeded, .completed):
            return charge?.state == "recorded" ? nil : "order \(number) is completed and not charged"
        case (.executionSucceeded, .canceled), (.executionStopped, .canceled),
            (.executionTimedOut, .canceled),
            (.executionFailed, .failed):
            return nil
        // Stopped between the last step's effect and its answer: the order had been closed by then.
        case (.executionStopped, .completed), (.executionTimedOut, .completed):
            return charge?.state == "recorded" ? nil : "order \(number) is completed and not charged"
        default: return "order \(number) is \(status.rawValue), its execution ended by \(end.type.rawValue)"
        }
    }

    private static func checkFeed(_ system: SimulatedSystem) {
        var expected: Set<String> = []
        for model in system.journal.executions.values {
            expected.insert("\(model.name) Running")
            if let status = model.end?.type.endStatus { expected.insert("\(model.name) \(status.rawValue)") }
        }
        let told = Set((system.workload.feed?.items ?? [:]).values)
        guard told == expected else {
            return system.fail("the feed has lost \(expected.subtracting(told).sorted())")
        }
    }
}

// MARK: - The end of a run

extension Settlement {
    /// Ends the engine in order, and compares the index it leaves on disk with one that is made from the journal.
    static func end(_ system: SimulatedSystem) {
        let engine = system.process(ServiceName.engine)
        guard let loop = engine.loop, let disk = engine.disk, let service = engine.service,
            system.violation == nil
        else { return }
        engine.isWatched = false
        loop.spawn { await service.drain() }
        while system.queue.step(), engine.disk?.isDead == false, loop.isBusy {}
        // The next process reads it.
        disk.disk.restart()
        do throws(StoreError) {
            let store = try SQLiteStore(path: disk.path("\(engine.name).sqlite"))
            if let fault = try IndexComparison(store).fault { system.fail(fault) }
            try store.close()
        } catch { system.fail("the engine's store can't be read after its end: \(error)") }
    }
}
