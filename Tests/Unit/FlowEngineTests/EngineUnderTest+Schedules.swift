import FlowEngineAPI
import LoopSupport
import Primitives
import RPCProtocol

@testable import FlowEngine

extension EngineUnderTest {
    @discardableResult
    func schedule(
        _ expression: String, as name: String = "s", flow: String = "Demo", payload: String = "",
        enable: Bool = true
    ) async throws -> ScheduleRecord {
        try await client.call(
            CreateSchedule.self,
            .with {
                $0.flowName = flow
                $0.scheduleName = name
                $0.cronExpression = expression
                $0.payload = payload
                $0.enable = enable
            })
    }

    @discardableResult
    func change(
        _ name: String = "s", _ edit: (inout UpdateSchedule.Params) -> Void
    ) async throws -> ScheduleRecord {
        var params = UpdateSchedule.Params()
        params.flowName = "Demo"
        params.scheduleName = name
        edit(&params)
        return try await client.call(UpdateSchedule.self, params)
    }

    func schedule(named name: String, flow: String = "Demo") async throws -> ScheduleRecord {
        try await client.call(
            DescribeSchedule.self,
            .with {
                $0.flowName = flow
                $0.scheduleName = name
            })
    }

    /// The names of the flow's executions, oldest first.
    func executions(of flow: String = "Demo") async throws -> [String] {
        var names: [String] = []
        var token: String?
        repeat {
            let from = token
            let page = try await client.call(
                ListExecutions.self,
                .with {
                    $0.flowName = flow
                    $0.limit = 100
                    $0.nextToken = from
                })
            names += page.executions.map(\.name)
            token = page.nextToken
        } while token != nil
        return names.reversed()
    }

    /// Lets time pass without anybody jumping over what is due within it.
    func live(for duration: Duration, step: Duration) async {
        var left = duration
        while left > .zero {
            await loop.advance(by: min(step, left))
            left -= step
        }
    }
}
