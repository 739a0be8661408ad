import FlowEngineAPI
import OrderDesk
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import ServiceSupervisor
import TestHost
import Testing

extension Crash {
    /// Kills one service at its n-th write, sync or send, n = 1, 2, … until an order passes without reaching n.
    @Suite(.serialized) struct KillMatrixTests {
        /// An order has some dozens of such calls in each service; far more means that one of them never rests.
        static let callsMax: UInt64 = 600

        @Test(arguments: FnfService.ofOrders)
        func `a kill at any point of an order changes nothing for the buyer`(_ service: FnfService)
            async throws
        {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                var reached: UInt64 = 0
                for point in 1...Self.callsMax {
                    let orders = try await arm(service, at: point, in: system)
                    try await buy(desk, "\(service.rawValue)-\(point)")
                    guard Files.exists(orders.marker) else { break }
                    reached = point
                }
                print("kill matrix: \(service.rawValue) was killed at each of \(reached) points")
                #expect(reached > 5, "the preloaded library did not reach the process")
                #expect(reached < Self.callsMax)
                try expectSingleCharges(system, orders: reached + 1)
            }
        }

        /// Gives the service's next process its orders and starts it.
        private func arm(
            _ service: FnfService, at point: UInt64, in system: FnfSystem
        ) async throws -> CrashOrders {
            var orders = CrashOrders(service: service, folder: system.folder, at: point)
            orders.marker = "\(system.folder)/killed-\(point)"
            orders.report = "\(system.folder)/calls-\(point)"
            for (name, value) in try orders.environment() {
                try system.supervisor.setEnvironment(name, value, of: service.rawValue)
            }
            if system.pid(of: service) != nil {
                let before = system.status(of: service)
                try system.supervisor.restart(service.rawValue)
                try await system.wait(for: service) { $0.exits.count > before.exits.count }
            }
            return orders
        }

        private func buy(_ desk: OrderDesk, _ number: String) async throws {
            try await persistently { try await desk.submit(number) }
            try await persistently { try await desk.pay(number, "zhifubao") }
            let order = try await desk.closed(number)
            #expect(order.status == .completed, "\(number): \(order.status) \(order.reason ?? "")")
            #expect(order.price == DecimalNumber(80))
            #expect(try await desk.ended(number).status == "Succeeded")
            let payment = try await persistently { try await desk.payment(of: number) }
            #expect(payment?.state == .charged, "\(number)")
        }

        private func expectSingleCharges(_ system: FnfSystem, orders: UInt64) throws {
            let charges = try system.database(of: .paymentGateway).rows(
                "SELECT count(*) AS count, count(DISTINCT order_num) AS orders FROM charges")
            #expect(charges.first?["count"] == .integer(Int64(orders)))
            #expect(charges.first?["orders"] == .integer(Int64(orders)))
        }
    }
}
