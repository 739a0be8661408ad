import FaultyDisk
import FlowModel
import FlowOracle
import Primitives

/// The whole system in one process and one thread, from one seed: the engine, the services, what lies between them,
/// their disks and clocks, and everybody who uses them.
final class SimulatedSystem: @unchecked Sendable { // touched by the one thread of the simulation only
    let seed: UInt64
    let queue: EventQueue
    let trace = Trace()
    let workloadPlan: WorkloadPlan
    let bugs: SeededBugs
    let orderFlow: String
    var plan: FaultPlan
    /// Random flows by the name of their execution.
    let scripts: [String: SteadyCase]

    private(set) var processes: [SimulatedProcess] = []
    private var byName: [String: SimulatedProcess] = [:]
    private(set) lazy var network = SimulatedNetwork(self, seed: seed)
    private(set) lazy var journal = JournalWatch(self)
    private(set) lazy var orders = OrderWatch(self)
    private(set) lazy var payments = PaymentWatch(self)
    private(set) lazy var promises = Promises(self)
    private(set) lazy var workload = Workload(self)

    private(set) var counts: [FaultKind: Int] = [:]
    /// The first thing that was wrong.
    private(set) var violation: String?
    var startsRefused = 0
    var hasHealed = false

    init(seed: UInt64, bug: SeededBug?, images: DiskImages) throws {
        self.seed = seed
        queue = EventQueue(seed: seed)
        plan = FaultPlan(seed: seed)
        workloadPlan = WorkloadPlan(seed: seed)
        bugs = SeededBugs(bug: bug)
        orderFlow = images.orderFlow
        scripts = Self.scripts(seed, workloadPlan)
        try makeProcesses(images)
        network.onDeparture = { [journal] in journal.noteCall($0, $1) }
    }

    private static func scripts(_ seed: UInt64, _ plan: WorkloadPlan) -> [String: SteadyCase] {
        var chance = Chance(seed: seed, of: "scripts")
        var scripts: [String: SteadyCase] = [:]
        for index in 0..<plan.flows {
            for _ in 0..<20 {
                let script = SteadyCase(
                    seed: chance.bits(), flow: "Random-\(index)", execution: "r-\(index)",
                    iterationsAtOnceMax: plan.limits.iterationsAtOnceMax, eventsMax: 120,
                    mayTimeOut: chance.holds(perMille: 250))
                guard let script else { continue }
                scripts["\(script.flow)/\(script.execution)"] = script
                break
            }
        }
        return scripts
    }

    private func makeProcesses(_ images: DiskImages) throws {
        let shared = SimulatedClock()
        let builds: [String: SimulatedProcess.Build] = [
            ServiceName.engine: EngineBuild.build, ServiceName.orders: OrderServiceBuilds.orderStore,
            ServiceName.payments: OrderServiceBuilds.paymentGateway,
            ServiceName.rules: OrderServiceBuilds.supplierRules,
            ServiceName.scripts: ScriptedService.build, ServiceName.clients: workload.build,
        ]
        for name in ServiceName.all {
            guard let build = builds[name] else { continue }
            let process = SimulatedProcess(
                name, clock: plan.hasOneClock ? shared : SimulatedClock(), self, seed: seed, build: build)
            if let image = images.image(of: name, hasFlow: workloadPlan.hasFlow) {
                process.disk = ProcessDisk(name, try image.copy(), self)
            }
            processes.append(process)
            byName[name] = process
        }
    }

    func process(_ name: String) -> SimulatedProcess {
        guard let process = byName[name] else { preconditionFailure("there is no process \(name)") }
        return process
    }

    /// Those that are killed: the product's services.
    var mortals: [SimulatedProcess] { ServiceName.services.map(process) }

    func note(_ line: String) { trace.note("\(queue.now) \(line)") }

    func count(_ kind: FaultKind) { counts[kind, default: 0] += 1 }

    func fail(_ violation: String) {
        guard self.violation == nil else { return }
        self.violation = violation
        note("VIOLATION \(violation)")
    }

    /// An execution has ended: where a script was followed, the oracle knows how.
    func executionEnded(_ model: ExecutionModel) {
        guard let script = scripts[model.name] else { return }
        let wasStopped = workload.stopped.contains(model.name)
        if let difference = script.difference(from: model.sorter, wasStopped: wasStopped) {
            fail("\(model.name) is not as the oracle says: \(difference)\n\(script.text)")
        }
    }
}
