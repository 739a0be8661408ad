import FlowEngineAPI
import FlowOracle
import Primitives
import RPCProtocol

/// Everybody who uses the system in one run.
final class Workload: @unchecked Sendable { // touched by the one thread of the simulation only
    private let system: SimulatedSystem
    private var open: Set<String> = []
    private(set) var isStarted = false
    /// Executions that somebody may have stopped.
    var stopped: Set<String> = []
    private(set) var feed: FeedReader?

    init(_ system: SimulatedSystem) { self.system = system }

    var isDone: Bool { isStarted && open.isEmpty }
    var waitsFor: [String] { open.sorted() }

    func done(_ name: String) { open.remove(name) }

    func build(_ around: SimulatedSurroundings) -> SimulatedService {
        SimulatedService(methods: HandlerTable(), start: { await self.start(around) })
    }

    private func start(_ around: SimulatedSurroundings) async {
        let client = PatientClient(around: around)
        let reader = FeedReader(client, system)
        feed = reader
        around.loop.spawn { await reader.live() }
        let flow = CreateFlow.Params.with {
            $0.name = OrderServiceBuilds.flow
            $0.definition = system.orderFlow
        }
        var chance = Chance(seed: system.seed, of: "workload")
        startFlows(client, &chance)
        startOrders(client, &chance)
        isStarted = true
        if system.workloadPlan.hasFlow { return }
        // Orders may come before their flow is there: they wait for it.
        if chance.holds(perMille: 100) { await client.pause(chance.number(0...30_000_000)) }
        let made = await client.insist(CreateFlow.self, flow, at: ServiceName.engine, through: .admin)
        if case .failure(let error) = made { system.fail("the order flow was refused: \(error)") }
    }

    private func startFlows(_ client: PatientClient, _ chance: inout Chance) {
        for script in system.scripts.values.sorted(by: { $0.flow < $1.flow }) {
            let box = ChanceBox(Chance(seed: chance.bits()))
            let starter = FlowStarter(script: script, client: client, system: system, chance: box)
            open.insert("\(script.flow)/\(script.execution)")
            client.loop.spawn { await starter.live() }
        }
    }

    private func startOrders(_ client: PatientClient, _ chance: inout Chance) {
        for index in 0..<system.workloadPlan.orders {
            let number = "o-\(index)"
            let habit = chance.holds(perMille: 400) ? .pays : chance.pick(Buyer.Habit.allCases)
            if habit == .isStopped { stopped.insert("\(OrderServiceBuilds.flow)/\(number)") }
            let buyer = Buyer(
                number: number, supplier: chance.pick(OrderServiceBuilds.suppliers), habit: habit,
                client: client, system: system, chance: ChanceBox(Chance(seed: chance.bits())))
            open.insert(number)
            system.note("buyer \(number) \(habit.rawValue) at \(buyer.supplier)")
            client.loop.spawn { await buyer.live() }
        }
    }
}
