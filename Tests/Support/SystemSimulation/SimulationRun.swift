package import FlowModel
import FlowStore
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives

/// One run from one seed.
package struct SimulationRun {
    /// More steps than any run needs: what takes so many does not come to rest.
    static let stepsMax = 400_000
    /// How long after the last fault everything must have come to its end. A payment is waited for 300 s, a flow lasts
    /// an hour, and clocks may have been set back. Units: microseconds.
    static let settleMax: Int64 = 3 * 3_600_000_000

    package let seed: UInt64
    package private(set) var steps = 0
    package private(set) var violation: String?
    /// FNV-1a over the whole trace.
    package private(set) var traceSum: UInt64 = 0
    package private(set) var traceLines = 0
    /// The last lines of the trace.
    package private(set) var tail: [String] = []
    package private(set) var faults: [FaultKind: Int] = [:]
    package private(set) var eventTypes: Set<HistoryEventType> = []
    package private(set) var promises = 0
    package private(set) var commits = 0
    package private(set) var virtualSeconds = 0.0
    package private(set) var plan = ""
    /// How orders, executions and payments ended.
    package private(set) var outcomes: [String: Int] = [:]

    /// - Parameter onLine: told of each line of the trace.
    package init(
        seed: UInt64, bug: SeededBug? = nil, images: DiskImages, onLine: ((String) -> Void)? = nil
    ) throws {
        self.seed = seed
        EscapedWork.watch()
        let escaped = EscapedWork.count
        let system = try SimulatedSystem(seed: seed, bug: bug, images: images)
        system.trace.onLine = onLine
        system.note("seed \(seed): \(system.plan.text)")
        plan = system.plan.text
        Self.drive(system)
        if EscapedWork.count != escaped { system.fail("work ran on threads of the runtime's own") }
        take(system)
    }

    private static func drive(_ system: SimulatedSystem) {
        for process in system.processes { process.start() }
        FaultInjector(system, seed: system.seed).start()
        let deadline = system.plan.activeFor + settleMax
        while system.violation == nil {
            guard system.queue.step() else { return system.fail("nothing is left to happen") }
            if system.hasHealed, Settlement.isSettled(system) { break }
            if system.queue.now > deadline { return system.fail(Settlement.unsettled(system)) }
            if system.queue.steps > stepsMax {
                return system.fail("after \(stepsMax) steps: \(Settlement.unsettled(system))")
            }
        }
        guard system.violation == nil else { return }
        Settlement.check(system)
        Settlement.end(system)
    }

    private static func outcomes(_ system: SimulatedSystem) -> [String: Int] {
        var outcomes: [String: Int] = [:]
        for order in system.orders.orders.values {
            outcomes["order \(order.status.rawValue)", default: 0] += 1
        }
        for payment in system.payments.payments.values {
            outcomes["payment \(payment.state.rawValue)", default: 0] += 1
        }
        for model in system.journal.executions.values {
            let isScripted = system.scripts[model.name] != nil
            let end = model.end?.type.endStatus?.rawValue ?? "open"
            outcomes["\(isScripted ? "random flow" : "order flow") \(end)", default: 0] += 1
        }
        return outcomes
    }

    private mutating func take(_ system: SimulatedSystem) {
        steps = system.queue.steps
        violation = system.violation
        traceSum = system.trace.sum
        traceLines = system.trace.count
        tail = system.trace.tail
        faults = system.counts
        eventTypes = system.journal.typesSeen
        promises = system.promises.made
        commits = system.journal.rows.count
        outcomes = Self.outcomes(system)
        virtualSeconds = Double(system.queue.now) / 1_000_000
        Graveyard.keep(system)
    }
}
