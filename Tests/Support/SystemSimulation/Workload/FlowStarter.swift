import FlowEngineAPI
import FlowOracle
import Primitives
import RPCProtocol

/// Puts a random flow in and starts it.
struct FlowStarter {
    let script: SteadyCase
    let client: PatientClient
    let system: SimulatedSystem
    let chance: ChanceBox

    func live() async {
        await client.pause(chance.number(0...system.plan.activeFor / 2))
        let flow = CreateFlow.Params.with {
            $0.name = script.flow
            $0.definition = script.text
        }
        let made = await client.insist(CreateFlow.self, flow, at: ServiceName.engine, through: .admin)
        if case .failure(let error) = made { return system.fail("a random flow was refused: \(error)") }
        await start()
        if chance.holds(perMille: 200) { await start() }
        if chance.holds(perMille: 150) { await stop() }
        await follow()
        system.workload.done("\(script.flow)/\(script.execution)")
    }

    private func start() async {
        let params = StartExecution.Params.with {
            $0.flowName = script.flow
            $0.executionName = script.execution
            $0.input = JSONValue.object(script.input).text
        }
        let result = await client.insist(
            StartExecution.self, params, at: ServiceName.engine, through: .client)
        switch result {
        case .success: system.promises.toldOfExecution(script.flow, script.execution)
        case .failure(let error):
            guard error.name != .executionAlreadyExists else { return }
            system.fail("a random flow was not started: \(error)")
        }
    }

    private func stop() async {
        await client.pause(chance.number(0...60_000_000))
        system.workload.stopped.insert("\(script.flow)/\(script.execution)")
        let params = StopExecution.Params.with {
            $0.flowName = script.flow
            $0.executionName = script.execution
        }
        _ = await client.insist(StopExecution.self, params, at: ServiceName.engine, through: .client)
    }

    /// Waits for the end as a client does.
    private func follow() async {
        while true {
            let params = DescribeExecution.Params.with {
                $0.flowName = script.flow
                $0.executionName = script.execution
                $0.waitTimeSeconds = 30
            }
            let result = await client.insist(
                DescribeExecution.self, params, at: ServiceName.engine, through: .client)
            switch result {
            case .success(let record):
                guard record.status == "Running" || record.status == "Starting" else { return }
            case .failure(let error):
                return system.fail("\(script.flow)/\(script.execution) can't be described: \(error)")
            }
            await client.pause(1_000_000)
        }
    }
}
