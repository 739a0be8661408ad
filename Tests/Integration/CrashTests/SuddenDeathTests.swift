import FlowEngineAPI
import Glibc
import OrderDesk
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import ServiceSupervisor
import TestHost
import Testing

extension Crash {
    @Suite(.serialized) struct SuddenDeathTests {
        @Test func `all four services killed at once, at each stage of an order, lose nothing`() async throws
        {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                let number = try await desk.submit()
                try await system.killAllAndWait()
                _ = try await desk.reaching(number) { $0.status == .awaitingPayment }
                try await system.killAllAndWait()
                try await persistently { try await desk.pay(number, "zhifubao") }
                try await system.killAllAndWait()
                #expect(try await desk.closed(number).status == .completed)
                try await system.killAllAndWait()
                #expect(try await desk.describe(number).price == DecimalNumber(80))
                let payment = try await persistently { try await desk.payment(of: number) }
                #expect(payment?.state == .charged)
            }
        }

        @Test func `a payment accepted while the engine hangs is reported to the next one`() async throws {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                let number = try await desk.submit()
                try await desk.recorded(number, "TaskSubmitted", step: "payment")
                system.supervisor.kill("flow-engine", SIGSTOP)
                #expect(try await desk.pay(number, "weixin").state == .accepted)
                try await system.killAndWait(.flowEngine)
                #expect(try await desk.closed(number).status == .completed)
            }
        }

        @Test func `an accepted payment outlives the gateway that took it`() async throws {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                let number = try await desk.submit()
                try await desk.recorded(number, "TaskSubmitted", step: "payment")
                system.supervisor.kill("flow-engine", SIGSTOP)
                #expect(try await desk.pay(number, "zhifubao").state == .accepted)
                try await system.killAndWait(.paymentGateway)
                system.supervisor.kill("flow-engine", SIGCONT)
                #expect(try await desk.closed(number).price == DecimalNumber(80))
            }
        }

        @Test func `connections made while a service restarts wait and are served`() async throws {
            var options = FnfSystem.Options()
            options.plan = { $0.restartDelay = .seconds(1) }
            try await FnfSystem.run(options) { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                let number = try await desk.submit()
                for service in [FnfService.orderStore, .paymentGateway, .flowEngine] {
                    let before = system.status(of: service)
                    system.supervisor.kill(service.rawValue)
                    try await system.wait(for: service) { $0.exits.count > before.exits.count }
                    // A connection of its own, made now, while nobody accepts.
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for _ in 0..<20 {
                            group.addTask {
                                let client = try RunningCommand(
                                    try BuildProducts.path(of: "fnfctl"),
                                    ["call", service.rawValue, "rpc.ping"],
                                    environment: system.clientEnvironment)
                                _ = try await client.result().expecting()
                            }
                        }
                        try await group.waitForAll()
                    }
                }
                try await persistently { try await desk.pay(number, "weixin") }
                #expect(try await desk.closed(number).status == .completed)
            }
        }
    }
}
