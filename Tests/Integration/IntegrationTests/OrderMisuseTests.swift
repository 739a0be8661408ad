import FlowEngineAPI
import OrderDesk
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import TestHost
import Testing

extension Integration {
    /// Repeats, contradictions, and what comes too early, too late or from a forger.
    @Suite(.serialized) struct OrderMisuseTests {
        @Test func `a payment before the flow asks for it is kept and taken`() async throws {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                // Without its flow the order can't start, so the payment certainly comes first.
                let number = try await desk.submit()
                let early = try await desk.pay(number, "weixin")
                #expect(early.state == .accepted)
                try await desk.applyFlow()
                let order = try await desk.closed(number)
                #expect(order.status == .completed)
                #expect(try await desk.payment(of: number)?.state == .charged)
            }
        }

        @Test func `an early payment by a method that is not offered is voided`() async throws {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                let number = try await desk.submit(supplier: "haidilao")
                try await desk.pay(number, "unionpay")
                try await desk.applyFlow()
                _ = try await desk.reaching(number) { $0.status == .awaitingPayment }
                try await desk.recorded(number, "TaskSubmitted", step: "payment")
                let payment = try #require(try await desk.payment(of: number))
                #expect(payment.state == .voided)
                try await desk.pay(number, "weixin")
                #expect(try await desk.closed(number).status == .completed)
            }
        }

        @Test func `a second payment is the first one again, or a conflict`() async throws {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                let number = try await desk.submit()
                let first = try await desk.pay(number, "zhifubao")
                let again = try await desk.pay(number, "zhifubao")
                #expect(again.paymentId == first.paymentId)
                let other = await #expect(throws: RPCFailure.self) { try await desk.pay(number, "weixin") }
                #expect(["PaymentConflict", "OrderClosed"].contains(other?.answer?.name.text))
                #expect(try await desk.closed(number).status == .completed)
                let payments = try await desk.gateway.call(ListPayments.self, .with { $0.orderNum = number })
                    .payments
                #expect(payments.count == 1)
            }
        }

        @Test func `prices that cannot be are refused`() async throws {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                let number = try await desk.submit(total: DecimalNumber("79.90"))
                for price in ["0", "-5", "79.905", "80"] {
                    let price = try #require(DecimalNumber(price))
                    let refusal = await #expect(throws: RPCFailure.self) {
                        try await desk.pay(number, "weixin", price)
                    }
                    #expect(
                        ["InvalidPayment", "PriceMismatch"].contains(refusal?.answer?.name.text),
                        "\(price): \(refusal as Any)")
                }
                try await desk.pay(number, "zhifubao", try #require(DecimalNumber("79.90")))
                #expect(try await desk.closed(number).price == DecimalNumber("63.92"))
            }
        }

        @Test func `a submission is taken once, and refused with other content`() async throws {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                try await desk.submit("o-1")
                try await desk.submit("o-1")
                let other = await #expect(throws: RPCFailure.self) {
                    try await desk.submit("o-1", supplier: "someone else")
                }
                #expect(other?.answer?.name == .orderConflict)
                let executions = try await desk.engine.call(
                    ListExecutions.self, .with { $0.flowName = OrderDesk.flow }
                ).executions
                #expect(executions.map(\.name) == ["o-1"])
            }
        }

        @Test func `a report is taken once; a repeat, a stale and a forged token are told apart`()
            async throws
        {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                let number = try await desk.submit()
                try await desk.recorded(number, "TaskSubmitted", step: "payment")
                let token = try #require(try await desk.openTask(number)?.taskToken)
                let report = ReportTaskSucceeded.Params.with {
                    $0.taskToken = token
                    $0.output = #"{"orderNum":"\#(number)","paymentMethod":"weixin","price":"5"}"#
                }
                let key = RPCMeta(idempotencyKey: "clerk-1")
                let first = try await desk.engine.call(ReportTaskSucceeded.self, report, meta: key)
                let again = try await desk.engine.call(ReportTaskSucceeded.self, report, meta: key)
                #expect(first == again)
                let stale = await #expect(throws: RPCFailure.self) {
                    try await desk.engine.call(
                        ReportTaskSucceeded.self, report, meta: RPCMeta(idempotencyKey: "clerk-2"))
                }
                #expect(stale?.answer?.name == .taskAlreadyCompleted)
                #expect(stale?.answer?.details["eventId"] == .integer(first.eventId))

                for forged in [String(token.dropLast(2)) + "AA", "AAAA", "", token + token] {
                    let refusal = await #expect(throws: RPCFailure.self) {
                        try await desk.engine.call(
                            ReportTaskSucceeded.self,
                            .with {
                                $0.taskToken = forged
                                $0.output = "{}"
                            })
                    }
                    #expect(
                        refusal?.answer?.name == .invalidArgument
                            || refusal?.answer?.name == .taskAlreadyCompleted
                                && forged == token,
                        "\(forged): \(refusal as Any)")
                }
                // The operator's own report was a payment in cash: the flow goes on and charges it.
                #expect(try await desk.closed(number).status == .completed)
                #expect(try await desk.payment(of: number)?.origin == "flow")
            }
        }

        @Test func `a flow that is put in later lets its waiting orders go`() async throws {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                let number = try await desk.submit()
                let waiting = try await desk.reaching(number) { $0.trouble != nil }
                #expect(waiting.status == .submitted)
                #expect(waiting.trouble?.contains("flow apply") == true, "\(waiting.trouble ?? "")")
                try await desk.applyFlow()
                _ = try await desk.reaching(number) { $0.status == .awaitingPayment }
            }
        }
    }
}
