import FlowEngineAPI
import OrderDesk
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import SupplierRulesAPI
import ServiceSupervisor
import TestHost
import Testing

extension Integration {
    /// Every way that the demo's flow can take.
    @Suite(.serialized, .timeLimit(.minutes(5))) struct OrderPathTests {
        @Test(arguments: [
            ("haidilao", "zhifubao", "80"), ("haidilao", "weixin", "100"), ("xibei", "zhifubao", "80"),
            ("xibei", "weixin", "100"), ("xibei", "unionpay", "100"),
        ])
        func `an order is completed by each method of each supplier`(
            _ supplier: String, _ method: String, _ charged: String
        ) async throws {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                let number = try await desk.submit(supplier: supplier)
                let offered = try await desk.reaching(number) { $0.status != .submitted }
                #expect(
                    offered.paymentMethods
                        == (supplier == "haidilao"
                            ? ["zhifubao", "weixin"] : ["zhifubao", "weixin", "unionpay"]))
                let paid = try await desk.pay(number, method)
                #expect([.confirmed, .charged, .accepted].contains(paid.state))

                let order = try await desk.closed(number)
                #expect(order.status == .completed)
                #expect(order.price == DecimalNumber(charged))
                #expect(order.paymentMethod == method)
                let execution = try await desk.ended(number)
                #expect(execution.status == "Succeeded")
                #expect(try JSONParser.parse(execution.output)["orderNum"] == .string(number))
                let payment = try #require(try await desk.payment(of: number))
                #expect(payment.state == .charged)
                #expect(payment.charged == DecimalNumber(charged))

                let history = try await desk.history(number)
                #expect(history.map(\.eventId) == Array(1...Int64(history.count)))
                #expect(history.last?.type == "ExecutionSucceeded")
                let tasks = history.filter { $0.type == "TaskSucceeded" }.map(\.stepName)
                #expect(tasks == ["generateInfo", "payment", method, "orderCompleted"])
            }
        }

        @Test func `an order that nobody pays is canceled when its step times out`() async throws {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow(replacing: [("timeoutSeconds: 300", "timeoutSeconds: 2")])
                let number = try await desk.submit()
                let order = try await desk.closed(number)
                #expect(order.status == .canceled)
                let history = try await desk.history(number)
                #expect(history.contains { $0.type == "TaskTimedOut" && $0.stepName == "payment" })
                #expect(try await desk.ended(number).status == "Succeeded")
                let late = await #expect(throws: RPCFailure.self) { try await desk.pay(number, "zhifubao") }
                #expect(late?.answer?.name == "OrderClosed")
            }
        }

        @Test func `an order is canceled when the supplier's rules do not answer in time`() async throws {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow(replacing: [("timeoutSeconds: 300", "timeoutSeconds: 2")])
                // Wakes the sleeping service, then holds it.
                _ = try await system.caller(.supplierRules).call(ListSuppliers.self, .init())
                system.supervisor.kill("supplier-rules", 19)
                let number = try await desk.submit()
                let order = try await desk.closed(number)
                #expect(order.status == .canceled)
                #expect(
                    try await desk.history(number).contains {
                        $0.type == "TaskTimedOut" && $0.stepName == "generateInfo"
                    })
                system.supervisor.kill("supplier-rules", 18)
            }
        }

        @Test func `a method that the flow lacks goes to the default branch`() async throws {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                _ = try await system.caller(.supplierRules, .admin).call(
                    SetSupplierRule.self,
                    .with {
                        $0.supplier = "haidilao"
                        $0.paymentMethods = ["shells"]
                    })
                let number = try await desk.submit()
                try await desk.pay(number, "shells")
                #expect(try await desk.closed(number).status == .canceled)
                let steps = try await desk.history(number).filter { $0.type == "StepEntered" }.map(\.stepName)
                #expect(steps == ["generateInfo", "payment", "paymentCombination", "orderCanceled"])
                // The gateway learns from the engine's feed that the flow ended without charging.
                var payment = try #require(try await desk.payment(of: number))
                while payment.state != .voided {
                    payment = try #require(try await desk.payment(of: number))
                }
                #expect(payment.charged == nil)
                #expect(payment.reason == "executionSucceeded")
            }
        }

        @Test func `stopping an execution closes its order`() async throws {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                let number = try await desk.submit()
                try await desk.recorded(number, "TaskSubmitted", step: "payment")
                _ = try await desk.engine.call(
                    StopExecution.self,
                    .with {
                        $0.flowName = OrderDesk.flow
                        $0.executionName = number
                        $0.error = "BuyerGone"
                    })
                #expect(try await desk.closed(number).status == .canceled)
                #expect(try await desk.ended(number).status == "Stopped")
            }
        }
    }
}
